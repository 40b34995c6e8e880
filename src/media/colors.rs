//! Colours as browsers assume them, and the one colour that stands for a picture until it is there.

use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::decode::Pixels;

/// Converts pixels from the colours of their profile to sRGB; they stay as they are when it makes no sense.
pub(super) fn apply_profile(pixels: &mut Pixels) {
    let Some(profile) = pixels.profile.take() else { return };
    let Ok(profile) = ColorProfile::new_from_slice(&profile) else { return };
    if profile.color_space != DataColorSpace::Rgb {
        return;
    }
    let (layout, step) = if pixels.has_alpha { (Layout::Rgba, 4) } else { (Layout::Rgb, 3) };
    let srgb = ColorProfile::new_srgb();
    let Ok(transform) = profile.create_transform_8bit(layout, &srgb, layout, TransformOptions::default())
    else {
        return;
    };
    let row = pixels.width as usize * step;
    let mut converted = vec![0; row];
    for line in pixels.data.chunks_exact_mut(row) {
        if transform.transform(line, &mut converted).is_ok() {
            line.copy_from_slice(&converted);
        }
    }
}

/// Returns the colour most of a picture has, coarsely: the mean of its largest group of like colours.
pub(super) fn tone(pixels: &Pixels) -> [u8; 3] {
    // Groups of colours that agree in the two highest bits of each part.
    let mut groups = [[0_u64; 4]; 64];
    let step = if pixels.has_alpha { 4 } else { 3 };
    for pixel in pixels.data.chunks_exact(step) {
        if pixel.get(3).is_some_and(|alpha| *alpha < 128) {
            continue;
        }
        let group =
            usize::from(pixel[0] >> 6) << 4 | usize::from(pixel[1] >> 6) << 2 | usize::from(pixel[2] >> 6);
        let [count, red, green, blue] = &mut groups[group];
        *count += 1;
        *red += u64::from(pixel[0]);
        *green += u64::from(pixel[1]);
        *blue += u64::from(pixel[2]);
    }
    let [count, parts @ ..] = groups.into_iter().max_by_key(|group| group[0]).unwrap_or_default();
    parts.map(|part| (part / count.max(1)) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tone_is_the_colour_most_of_the_picture_has() {
        let mut data = [200, 30, 20].repeat(60);
        data.extend([10, 20, 240].repeat(40));
        let pixels = Pixels { width: 10, height: 10, has_alpha: false, profile: None, data };
        assert_eq!(tone(&pixels), [200, 30, 20]);
    }

    #[test]
    fn a_profile_that_makes_no_sense_changes_nothing() {
        let profile = Some(b"no profile at all".to_vec());
        let mut pixels = Pixels { width: 1, height: 1, has_alpha: false, profile, data: vec![1, 2, 3] };
        apply_profile(&mut pixels);
        assert_eq!(pixels.data, [1, 2, 3]);
    }

    #[test]
    fn the_colours_of_a_wide_profile_are_brought_to_those_of_browsers() {
        let profile = ColorProfile::new_display_p3().encode().ok();
        let data = vec![200, 100, 50, 128, 128, 128];
        let mut pixels = Pixels { width: 2, height: 1, has_alpha: false, profile, data };
        apply_profile(&mut pixels);
        let [red, green, blue, gray @ ..] = &pixels.data[..] else { panic!() };
        assert!(*red > 205 && *green < 100 && *blue < 45, "{:?}", pixels.data);
        assert!(gray.iter().all(|part| part.abs_diff(128) <= 1), "{gray:?}");
    }
}
