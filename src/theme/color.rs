//! Colours: reading `#rrggbb`, and how well one is read on another (WCAG 2.2 contrast).

/// A colour without transparency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
}

impl Color {
    /// Reads `#rgb` or `#rrggbb`, in either case.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix('#')?;
        if !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let channel = |range: std::ops::Range<usize>| u8::from_str_radix(&hex[range], 16).ok();
        match hex.len() {
            3 => Some(Self { r: channel(0..1)? * 17, g: channel(1..2)? * 17, b: channel(2..3)? * 17 }),
            6 => Some(Self { r: channel(0..2)?, g: channel(2..4)?, b: channel(4..6)? }),
            _ => None,
        }
    }

    /// Writes the colour as `#rrggbb`, lower case.
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.r, self.g, self.b)
    }

    /// Returns the relative luminance, 0 to 1 (WCAG 2.2).
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.r) + 0.7152 * linear(self.g) + 0.0722 * linear(self.b)
    }

    /// Moves the colour towards black (`target` 0) or white (`target` 255) by `step` of 100.
    fn moved(self, target: u8, step: u32) -> Self {
        let mix = |channel: u8| {
            let (from, to) = (u32::from(channel), u32::from(target));
            ((from * (100 - step) + to * step) / 100) as u8
        };
        Self { r: mix(self.r), g: mix(self.g), b: mix(self.b) }
    }
}

/// Returns the contrast ratio of two colours, 1 to 21 (WCAG 2.2); the order does not matter.
pub fn contrast(a: Color, b: Color) -> f64 {
    let (a, b) = (a.luminance(), b.luminance());
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Returns the colour nearest to `color`, darker or lighter, that reaches `min` on `ground`; `None` when none does.
pub fn nearest_readable(color: Color, ground: Color, min: f64) -> Option<Color> {
    (1..=100).find_map(|step| {
        [0, 255]
            .into_iter()
            .map(|target| color.moved(target, step))
            .find(|moved| contrast(*moved, ground) >= min)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(a: &str, b: &str) -> String {
        format!("{:.2}", contrast(Color::parse(a).unwrap(), Color::parse(b).unwrap()))
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert_eq!(ratio("#c8102e", "#fff"), "5.88");
        assert_eq!(ratio("#A80000", "#ffffff"), "7.88");
        assert_eq!(ratio("#fff", "#000"), "21.00");
        assert_eq!(ratio("#777", "#777"), "1.00");
    }

    #[test]
    fn what_is_not_a_colour_is_refused() {
        for bad in ["red", "#ff", "#ffff", "#gggggg", "c8102e", "#红红红", ""] {
            assert_eq!(Color::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_proposed_colour_is_readable() {
        let white = Color::parse("#fff").unwrap();
        let better = nearest_readable(Color::parse("#f5a0a0").unwrap(), white, 4.5).unwrap();
        assert!(contrast(better, white) >= 4.5 && contrast(better, white) < 4.8, "{}", better.hex());
        assert_eq!(
            nearest_readable(Color::parse("#777").unwrap(), Color::parse("#777").unwrap(), 21.0),
            None
        );
    }
}
