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
    let mut out = String::with_capacity(480 + width * width * 3);
    put(
        &mut out,
        format_args!(
            "<svg class=\"v v-qr\" viewBox=\"0 0 {full} {full}\" width=\"148\" height=\"148\" role=\"img\" \
             shape-rendering=\"crispEdges\" aria-label=\"{}\"><path fill=\"#fff\" d=\"M0 0h{full}v{full}H0z\"/>\
             <path stroke=\"#000\" d=\"",
            Esc(title)
        ),
    );
    path(&mut out, width, &colors);
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

/// Writes each row's dark runs as strokes one module thick.
fn path(out: &mut String, width: usize, colors: &[Color]) {
    for (row, modules) in colors.chunks(width).enumerate() {
        let mut at = 0;
        let mut pen: Option<usize> = None;
        while let Some(skip) = modules[at..].iter().position(|module| *module == Color::Dark) {
            let start = at + skip;
            let run = modules[start..].iter().take_while(|module| **module == Color::Dark).count();
            match pen {
                None => {
                    out.push('M');
                    push_number(out, start + QUIET);
                    out.push(' ');
                    push_number(out, row + QUIET);
                    out.push_str(".5h");
                }
                Some(end) => {
                    out.push('m');
                    push_number(out, start - end);
                    out.push_str(" 0h");
                }
            }
            push_number(out, run);
            at = start + run;
            pen = Some(at);
        }
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
        let path = document
            .descendants()
            .find_map(|node| node.attribute("stroke").and(node.attribute("d")))
            .unwrap();
        let mut dark = vec![false; full * full];
        for row in path.split('M').skip(1) {
            let (start, runs) = row.split_once('h').unwrap();
            let (x, y) = start.split_once(' ').unwrap();
            let (mut x, y): (usize, usize) =
                (x.parse().unwrap(), y.strip_suffix(".5").unwrap().parse().unwrap());
            for (at, run) in runs.split('h').enumerate() {
                let (length, skip) = run.split_once('m').unwrap_or((run, "0 0"));
                let length: usize = length.parse().unwrap();
                assert!(at == 0 || length > 0);
                dark[y * full + x..y * full + x + length].fill(true);
                x += length + skip.split(' ').next().unwrap().parse::<usize>().unwrap();
            }
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
        assert!(svg.len() < 2600, "{}", svg.len());
    }

    #[test]
    fn an_address_beyond_what_a_code_holds_has_none() {
        assert_eq!(qr_code(&"x".repeat(4000), ""), None);
    }
}
