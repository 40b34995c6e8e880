//! QR codes: the matrix comes from the `qrcode` crate, the path is ours.
//!
//! The mask is always the checkerboard. Every reader takes any of the eight masks; trying all of them for the least
//! "penalty" takes some seventy times as long as all the rest, on every page of a site.

use qrcode::bits::encode_auto;
use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::ec::construct_codewords;
use qrcode::{Color, EcLevel};

use super::svg::{Esc, push_number, put};

/// The light border a reader needs, in modules.
const QUIET: usize = 4;

/// Draws the QR code of an address, dark on white in any colour scheme; `None` when it is too long for one.
pub fn qr_code(address: &str, title: &str) -> Option<String> {
    let (width, colors) = matrix(address)?;
    let full = width + 2 * QUIET;
    let mut out = String::with_capacity(480 + width * width * 2);
    put(
        &mut out,
        format_args!(
            "<svg class=\"v v-qr\" viewBox=\"0 0 {full} {full}\" width=\"148\" height=\"148\" role=\"img\" \
             shape-rendering=\"crispEdges\" aria-label=\"{}\"><path fill=\"#fff\" d=\"M0 0h{full}v{full}H0z\"/>\
             <path fill=\"none\" stroke=\"#000\" d=\"M{QUIET} {QUIET}.5h{width}",
            Esc(title)
        ),
    );
    for row in 1..width {
        let back = if row % 2 == 1 { "-" } else { "" };
        put(&mut out, format_args!("v1h{back}{width}"));
    }
    out.push_str("\" stroke-dasharray=\"");
    dashes(&mut out, width, &colors);
    out.push_str("\"/></svg>");
    Some(out)
}

/// Returns the width of a code in modules, and the modules row by row.
fn matrix(address: &str) -> Option<(usize, Vec<Color>)> {
    let bits = encode_auto(address.as_bytes(), EcLevel::M).ok()?;
    let version = bits.version();
    let (data, correction) = construct_codewords(&bits.into_bytes(), version, EcLevel::M).ok()?;
    let mut canvas = Canvas::new(version, EcLevel::M);
    canvas.draw_all_functional_patterns();
    canvas.draw_data(&data, &correction);
    canvas.apply_mask(MaskPattern::Checkerboard);
    Some((usize::try_from(version.width()).ok()?, canvas.into_colors()))
}

/// Writes the dark and the light runs in turn, along one line that goes through all rows there and back: a third shorter
/// than a stroke for each dark run. The steps between rows are light. The line begins in a corner, where every code is dark.
fn dashes(out: &mut String, width: usize, colors: &[Color]) {
    let mut run = 0;
    let mut is_dark = true;
    let flip = |out: &mut String, run: &mut usize| {
        push_number(out, *run);
        out.push(' ');
        *run = 0;
    };
    for (row, modules) in colors.chunks(width).enumerate() {
        if row > 0 {
            if is_dark {
                flip(out, &mut run);
                is_dark = false;
            }
            run += 1;
        }
        for column in 0..width {
            let module = modules[if row % 2 == 0 { column } else { width - 1 - column }];
            if (module == Color::Dark) != is_dark {
                flip(out, &mut run);
                is_dark = !is_dark;
            }
            run += 1;
        }
    }
    // An odd number of runs would be taken twice over; the last one may be light and of no length.
    flip(out, &mut run);
    if is_dark {
        out.push('0');
    } else {
        out.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: &str = "https://www.example.gov.cn/ztzl/yspp/communities/dongliu/";

    /// Paints the path of a code on a grid, as a browser would, so many pixels to a module.
    fn raster(svg: &str, scale: usize) -> (usize, Vec<bool>) {
        let document = roxmltree::Document::parse(svg).unwrap();
        let view_box = document.root_element().attribute("viewBox").unwrap();
        let full: usize = view_box.rsplit(' ').next().unwrap().parse().unwrap();
        let line = document.descendants().find(|node| node.has_attribute("stroke-dasharray")).unwrap();
        let width = full - 2 * QUIET;
        let there_and_back =
            (1..width).map(|row| format!("v1h{}{width}", if row % 2 == 1 { "-" } else { "" }));
        let wanted = format!("M{QUIET} {QUIET}.5h{width}") + &there_and_back.collect::<String>();
        assert_eq!(line.attribute("d").unwrap(), wanted);
        let runs =
            line.attribute("stroke-dasharray").unwrap().split(' ').map(|run| run.parse::<usize>().unwrap());
        let colors: Vec<bool> =
            runs.enumerate().flat_map(|(at, run)| std::iter::repeat_n(at % 2 == 0, run)).collect();
        let mut dark = vec![false; full * full];
        for (row, modules) in colors.chunks(width + 1).enumerate() {
            for (at, module) in modules.iter().take(width).enumerate() {
                let column = if row % 2 == 0 { at } else { width - 1 - at };
                dark[(row + QUIET) * full + column + QUIET] = *module;
            }
            assert!(!modules.get(width).is_some_and(|step| *step), "the step after row {row} is light");
        }
        let size = full * scale;
        (size, (0..size * size).map(|at| dark[at / size / scale * full + at % size / scale]).collect())
    }

    #[test]
    fn what_is_drawn_reads_as_the_address() {
        let odd = ["http://a.cn/", "https://例子.中国/品牌/?页=1#锚"].map(str::to_owned);
        let usual = (0..60).map(|n| format!("{ADDRESS}{}", "x/".repeat(n)));
        for address in usual.chain(odd) {
            let svg = qr_code(&address, "扫码").unwrap();
            let (size, dark) = raster(&svg, 4);
            let mut image = rqrr::PreparedImage::prepare_from_greyscale(size, size, |x, y| {
                if dark[y * size + x] { 0 } else { 255 }
            });
            let grids = image.detect_grids();
            assert_eq!(grids.len(), 1, "{address}");
            assert_eq!(grids[0].decode().unwrap().1, address);
        }
    }

    #[test]
    fn a_code_has_a_quiet_border_and_is_small() {
        let svg = qr_code(ADDRESS, "扫码").unwrap();
        let (size, dark) = raster(&svg, 1);
        for (at, dark) in dark.into_iter().enumerate() {
            let (x, y) = (at % size, at / size);
            let border = x.min(y).min(size - 1 - x).min(size - 1 - y) < QUIET;
            assert!(!(border && dark), "{x} {y}");
        }
        assert!(svg.len() < 2000, "{}", svg.len());
    }

    #[test]
    fn an_address_beyond_what_a_code_holds_has_none() {
        assert_eq!(qr_code(&"x".repeat(4000), ""), None);
    }
}
