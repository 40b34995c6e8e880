//! The communities of a made-up county again, as the peers want them: one Markdown file each, the same texts in the same
//! words, and in its front matter the data that the templates print.

mod page;

use std::fs;
use std::io;
use std::path::Path;

use page::Page;
use serde_yaml::Value;

/// Writes the sites for Hugo and Zola beside the one for yipin, whose folder is given.
pub fn write(yipin: &Path, hugo: &Path, zola: &Path) -> io::Result<()> {
    let content = yipin.join("content");
    let towns = named(&read(&content.join("towns.yaml"))?);
    let categories = named(&read(&content.join("site.yaml"))?["品牌类别"]);
    let of_peers = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers");
    copy(&of_peers.join("hugo"), hugo)?;
    copy(&of_peers.join("zola"), zola)?;
    for town in &towns {
        let text = format!("+++\ntitle = {}\n+++\n\n{}\n", page::quoted(&town.name), town.intro.trim());
        put(&hugo.join(format!("content/towns/{}/_index.md", town.id)), &text)?;
    }
    for category in &categories {
        let text = format!("+++\ntitle = {}\n+++\n", page::quoted(&category.name));
        put(&hugo.join(format!("content/categories/{}/_index.md", category.id)), &text)?;
    }
    for entry in fs::read_dir(content.join("communities"))? {
        let folder = entry?.path();
        let id = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let page = Page::of(&folder)?;
        let name = |list: &[Named], id: &str| {
            list.iter().find(|named| named.id == id).map(|named| named.name.clone()).unwrap_or_default()
        };
        let file = format!("content/communities/{id}.md");
        put(&hugo.join(&file), &page.for_hugo())?;
        put(
            &zola.join(&file),
            &page.for_zola(&name(&towns, &page.town), &name(&categories, &page.category)),
        )?;
    }
    Ok(())
}

/// A town or a category.
struct Named {
    id: String,
    name: String,
    intro: String,
}

fn named(list: &Value) -> Vec<Named> {
    let list = list.as_sequence().into_iter().flatten();
    list.map(|one| Named {
        id: page::text(&one["id"]),
        name: page::text(&one["名称"]),
        intro: page::text(&one["简介"]),
    })
    .collect()
}

fn read(path: &Path) -> io::Result<Value> {
    serde_yaml::from_str(&fs::read_to_string(path)?).map_err(io::Error::other)
}

fn put(path: &Path, text: &str) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::write(path, text)
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to)?;
        } else {
            fs::copy(from, to)?;
        }
    }
    Ok(())
}
