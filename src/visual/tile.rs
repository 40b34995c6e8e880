//! The mark of a community that has no logo: a quiet ground, an old ornament, the first characters of its brand.
//!
//! Which ornament and which colours follow from the id alone, so the mark is the same everywhere and stays when the
//! brand is renamed. The ornaments are plain building ornaments; none is an emblem, a star or a map.

use super::svg::{Esc, put};

/// What a mark is made from.
#[derive(Debug, Clone, Copy)]
pub struct Tile<'a> {
    /// The community's id.
    pub id: &'a str,
    /// The brand's name.
    pub brand: &'a str,
    /// Its name for those who cannot see it; `None` where the name stands beside it and the mark is decoration.
    pub label: Option<&'a str>,
}

/// Ground, ornament and characters; the characters keep a contrast of 4.5 to both others.
const COLORS: [[&str; 3]; 6] = [
    ["#f7e6df", "#ecc9bd", "#8a2219"],
    ["#dfeaea", "#bdd5d5", "#1d4a52"],
    ["#f2e7d3", "#e2cfa9", "#63410f"],
    ["#e4ecdc", "#c7d8b8", "#2b5130"],
    ["#e2e8f2", "#c3d0e4", "#274674"],
    ["#eee4ec", "#dac4d5", "#5c2d54"],
];

/// Ornaments on a ground of 64 by 64, drawn with strokes.
const ORNAMENTS: [&str; MOTIFS] = [
    // Window lattice.
    "M0 10H64M0 54H64M10 0V64M54 0V64M10 21H54M10 43H54M21 10V54M43 10V54M0 32H10M54 32H64M32 0V10M32 54V64",
    // Ripples.
    "M-8 40q8-8 16 0t16 0 16 0 16 0 16 0M0 48q8-8 16 0t16 0 16 0 16 0M-8 56q8-8 16 0t16 0 16 0 16 0 16 0M0 64q8-8 16 0t16 0 16 0 16 0",
    // Roof tiles.
    "M0 0a8 8 0 0 0 16 0 8 8 0 0 0 16 0 8 8 0 0 0 16 0 8 8 0 0 0 16 0M-8 9a8 8 0 0 0 16 0 8 8 0 0 0 16 0 8 8 0 0 0 16 0 8 8 0 0 0 16 0 8 8 0 0 0 16 0M0 18a8 8 0 0 0 16 0 8 8 0 0 0 16 0 8 8 0 0 0 16 0 8 8 0 0 0 16 0",
    // A leafy twig.
    "M64 8Q34 26 6 64M52 16Q50 2 36 2 40 14 52 16ZM37 28Q38 10 20 10 22 26 37 28ZM24 42Q22 26 6 28 10 42 24 42ZM42 24Q60 24 58 40 44 40 42 24ZM29 36Q46 38 44 54 30 52 29 36ZM17 50Q34 50 32 66",
    // Cracked ice.
    "M0 18L18 12 30 0M18 12L26 26 50 20 64 4M50 20L56 36 64 38M26 26L20 46 0 40M20 46L34 54 56 36M34 54L30 64M34 54L54 64",
    // Hills.
    "M0 46Q16 26 32 42 46 24 64 40M0 54Q20 36 36 50 50 36 64 50M0 62Q22 46 40 58 54 46 64 58",
    // Interlocking rings.
    "M16 0a16 16 0 0 1 0 32 16 16 0 0 1 0-32M48 0a16 16 0 0 1 0 32 16 16 0 0 1 0-32M16 32a16 16 0 0 1 0 32 16 16 0 0 1 0-32M48 32a16 16 0 0 1 0 32 16 16 0 0 1 0-32M32 16a16 16 0 0 1 0 32 16 16 0 0 1 0-32M0 16a16 16 0 0 1 0 32M64 16a16 16 0 0 0 0 32",
    // Key fret.
    "M0 4H12V14H5V9M17 4H30V14H22V9M35 4H48V14H40V9M53 4H64M12 4H17M30 4H35M48 4H53V14M0 60H12V50H5V55M17 60H30V50H22V55M35 60H48V50H40V55M53 60H64M12 60H17M30 60H35M48 60H53V50",
];

/// The names of the ornaments and of the colours, as files are named by them.
const MOTIF_NAMES: [&str; MOTIFS] = ["lattice", "ripples", "tiles", "twig", "ice", "hills", "rings", "fret"];
const COLOR_NAMES: [&str; COLORS.len()] = ["red", "teal", "amber", "green", "blue", "plum"];

/// An ornament in some colours: what a mark is without its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Look {
    motif: usize,
    colors: usize,
}

impl Look {
    /// The look of what stands for no one community.
    pub const COMMON: Self = Self { motif: 0, colors: 0 };

    /// Returns the look of a community by its id: the same for the same id, on every page and in every year.
    pub fn of(id: &str) -> Self {
        let bytes = *blake3::hash(id.as_bytes()).as_bytes();
        let pick = |at: usize, of: usize| usize::from(bytes[at]) % of;
        Self { motif: pick(0, MOTIFS), colors: pick(1, COLORS.len()) }
    }

    /// Returns its name, which no other look has: `lattice-red`.
    pub fn name(self) -> String {
        format!("{}-{}", MOTIF_NAMES[self.motif], COLOR_NAMES[self.colors])
    }

    /// Returns which of the [`MOTIFS`] ornaments it has, from 0.
    pub fn motif(self) -> usize {
        self.motif
    }

    /// Returns the ornament: path data in a box of [`SIDE`] by [`SIDE`], to be drawn with strokes of [`STROKE`].
    pub fn ornament(self) -> &'static str {
        ORNAMENTS[self.motif]
    }

    /// Returns the colours of ground, ornament and ink: red, green and blue of each.
    ///
    /// # Panics
    /// Never: the colours are written in full.
    pub fn colors(self) -> [[u8; 3]; 3] {
        COLORS[self.colors].map(|hex| {
            let number = u32::from_str_radix(&hex[1..], 16).expect("the colours are written in full");
            let [_, red, green, blue] = number.to_be_bytes();
            [red, green, blue]
        })
    }
}

/// How many ornaments there are.
pub const MOTIFS: usize = 8;
/// The width and height of the picture made of a look, in pixels: what sharing services ask for.
pub const SHARED: (u32, u32) = (1200, 630);
/// The side of the box a mark is drawn in.
pub const SIDE: u32 = 64;
/// The width of the strokes of an ornament.
pub const STROKE: f32 = 1.5;

/// Draws the mark of a community, about 700 bytes, in a view box of 64 by 64.
pub fn tile(input: &Tile<'_>) -> String {
    let look = Look::of(input.id);
    let [ground, ornament, ink] = COLORS[look.colors];
    let letters = brand_letters(input.brand, input.id);
    let mut out = String::with_capacity(960);
    out.push_str("<svg class=\"v-tile\" viewBox=\"0 0 64 64\" width=\"64\" height=\"64\" ");
    match input.label {
        Some(label) => put(&mut out, format_args!("role=\"img\"><title>{}</title>", Esc(label))),
        None => out.push_str("aria-hidden=\"true\">"),
    }
    let turn = if is_mirrored(input.id) { " transform=\"matrix(-1 0 0 1 64 0)\"" } else { "" };
    let size = size_of(&letters);
    put(
        &mut out,
        format_args!(
            "<path fill=\"{ground}\" d=\"M0 0h64v64H0z\"/><path fill=\"none\" stroke=\"{ornament}\" \
             stroke-width=\"{STROKE}\"{turn} d=\"{}\"/><text x=\"32\" y=\"{}\" font-size=\"{size}\" font-weight=\"700\" \
             font-family=\"var(--song,serif)\" text-anchor=\"middle\" fill=\"{ink}\">{}</text></svg>",
            look.ornament(),
            32 + size * 36 / 100,
            Esc(&letters)
        ),
    );
    out
}

/// Returns whether the ornament of an id is drawn as in a mirror.
fn is_mirrored(id: &str) -> bool {
    blake3::hash(id.as_bytes()).as_bytes()[2] % 2 == 1
}

/// Returns a size at which the letters leave a margin.
fn size_of(letters: &str) -> usize {
    match (letters.chars().count(), letters.is_ascii()) {
        (1, _) => 36,
        (2, true) => 28,
        (4, _) => 20,
        _ => 25,
    }
}

/// Returns the one or two characters that stand for a brand: the first two of a Chinese name, the initials of a Latin
/// one, a number it begins with; never punctuation.
pub fn brand_letters(brand: &str, id: &str) -> String {
    let mut words = brand.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let Some(first) = words.next() else {
        return id
            .chars()
            .find(|c| c.is_alphanumeric())
            .map_or_else(String::new, |c| c.to_uppercase().collect());
    };
    let mut letters = String::with_capacity(8);
    let start: Vec<char> = first.chars().take(2).collect();
    let digits = first.chars().take_while(char::is_ascii_digit).count();
    if digits > 1 {
        // A number is not cut in two: 365, 110.
        letters.extend(first.chars().take(digits.min(4)));
    } else if start.iter().all(char::is_ascii_alphabetic) {
        let second = words.next().and_then(|word| word.chars().next()).filter(char::is_ascii_alphabetic);
        letters.extend(start[0].to_uppercase());
        letters.extend(second.map(|c| c.to_ascii_uppercase()).or_else(|| start.get(1).copied()));
    } else {
        letters.extend(start.iter());
        if start.len() == 1 {
            letters.extend(words.next().and_then(|word| word.chars().next()));
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::super::svg::tests::parsed;
    use super::*;

    fn drawn(id: &str, brand: &str) -> String {
        tile(&Tile { id, brand, label: None })
    }

    #[test]
    fn the_letters_of_a_brand_are_its_first_and_never_a_mark() {
        for (brand, letters) in [
            ("“东流康养家”（示例）", "东流"),
            ("《尧舜·邻里》", "尧舜"),
            ("e家亲", "e家"),
            ("家·园", "家园"),
            ("和", "和"),
            ("Happy Home", "HH"),
            ("sunny", "Su"),
            ("365 服务", "365"),
            ("！？", "Q"),
        ] {
            assert_eq!(brand_letters(brand, "qiupu"), letters, "{brand}");
        }
        assert_eq!(brand_letters("", ""), "");
    }

    #[test]
    fn a_mark_is_the_same_for_an_id_and_another_for_most_others() {
        assert_eq!(drawn("dongliu", "康养家"), drawn("dongliu", "康养家"));
        let looks: std::collections::BTreeSet<Look> = (0..1000).map(|n| Look::of(&format!("c{n}"))).collect();
        assert_eq!(looks.len(), MOTIFS * COLORS.len(), "every look is used");
        let names: std::collections::BTreeSet<String> = looks.iter().map(|look| look.name()).collect();
        assert_eq!(names.len(), looks.len(), "no two looks have one name");
    }

    #[test]
    fn the_characters_stand_out_from_ground_and_ornament() {
        for [ground, ornament, ink] in COLORS {
            assert!(contrast(ink, ground) >= 7.0, "{ink} on {ground}: {}", contrast(ink, ground));
            assert!(contrast(ink, ornament) >= 4.5, "{ink} on {ornament}: {}", contrast(ink, ornament));
        }
    }

    #[test]
    fn a_mark_is_small_and_either_named_or_decoration() {
        for id in ["dongliu", "laojie", "a", "", "guiyuan", "hetang", "shiqiao", "yaoshun"] {
            let svg = drawn(id, "<&>“红管家”");
            assert_eq!(parsed(&svg), (64.0, 64.0));
            assert!(svg.len() < 1024 && svg.contains("aria-hidden"), "{}", svg.len());
        }
        let named = tile(&Tile { id: "a", brand: "甲", label: Some("甲的<标识>") });
        assert!(named.contains("<title>甲的&lt;标识&gt;</title>") && !named.contains("aria-hidden"));
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn luminance(color: &str) -> f64 {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }
}
