//! Pictures of every kind, good and hostile.
