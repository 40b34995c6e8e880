//! Whole themes, in memory: inheritance, rendering, every kind of mistake with its place and its suggestion.

use std::borrow::Cow;

use super::*;
use crate::diagnostic::Severity;

crate::view! {
    /// A community's page.
    pub struct CommunityPage {
        /// Its name.
        pub name: String,
        /// Its brand.
        pub brand: BrandView,
        /// Its awards.
        pub awards: Vec<AwardView>,
        /// Its filing, if it has one.
        pub filing: Option<AwardView>,
    }
    /// A brand.
    pub struct BrandView {
        /// Its slogan.
        pub slogan: String,
    }
    /// An award.
    pub struct AwardView {
        /// Its title.
        pub title: String,
    }
    /// The page.
    pub struct PageView {
        /// Its title.
        pub title: String,
    }
    /// The site.
    pub struct SiteView {
        /// Its name.
        pub name: String,
    }
}

fn theme(name: &str, files: &[(&str, &str)]) -> ThemeFiles {
    let files =
        files.iter().map(|(path, text)| ((*path).to_owned(), Cow::Owned(text.as_bytes().to_vec()))).collect();
    ThemeFiles { name: name.into(), place: format!("themes/{name}"), files }
}

fn view() -> CommunityPage {
    CommunityPage {
        name: "秋浦<script>alert(1)</script>".into(),
        brand: BrandView { slogan: "红色“物业”".into() },
        awards: vec![AwardView { title: "一等奖".into() }, AwardView { title: "二等奖".into() }],
        filing: None,
    }
}

fn try_load(themes: &[ThemeFiles], name: &str) -> (Option<Theme>, Vec<Diagnostic>) {
    let mut report = Report::new();
    let mut theme = load_files(themes, name, "zh-CN", &mut report);
    if let Some(theme) = &mut theme {
        theme.set_site(&SiteView { name: "东至".into() }).unwrap();
    }
    (theme, report.into_sorted())
}

fn loaded(themes: &[ThemeFiles], name: &str) -> Theme {
    let (theme, problems) = try_load(themes, name);
    assert!(problems.is_empty(), "{problems:#?}");
    theme.unwrap()
}

fn try_render(theme: &Theme, template: &str) -> Result<String, Box<Diagnostic>> {
    let page = PageView { title: "标题".into() };
    let out = theme.render(template, "community", &page, &view(), "../../");
    out.map(|bytes| String::from_utf8(bytes).unwrap())
}

/// Renders one template of a theme that has nothing else.
fn render_one(text: &str) -> Result<String, Box<Diagnostic>> {
    let (theme, problems) =
        try_load(&[theme("own", &[("theme.yaml", ""), ("templates/a.html", text)])], "own");
    match theme {
        Some(theme) => try_render(&theme, "a.html"),
        None => Err(Box::new(problems.into_iter().next().unwrap())),
    }
}

/// Checks one template without rendering it.
fn check_one(text: &str) -> Vec<Diagnostic> {
    let theme = loaded(
        &[theme(
            "own",
            &[
                ("theme.yaml", "options: [{name: accent, type: color}]"),
                ("templates/a.html", text),
                ("i18n/zh.yaml", "nav: {home: 首页}"),
            ],
        )],
        "own",
    );
    let mut report = Report::new();
    let kinds = [("a.html", "community", CommunityPage::shape())];
    theme.check(&kinds, PageView::shape(), SiteView::shape(), &mut report);
    report.into_sorted()
}

fn place(problem: &Diagnostic) -> (&str, u32, u32, u32) {
    let span = problem.span.as_ref().unwrap();
    (&span.path, span.line, span.column, span.width)
}

fn parent() -> ThemeFiles {
    theme(
        "default",
        &[
            (
                "theme.yaml",
                "options:\n- {name: cards, type: number, default: 6, max: 9}\n- {name: motto, type: text, default: 奋进}\n",
            ),
            ("templates/base.html", "[{% block head %}base{% endblock %}|{% block body %}{% endblock %}]"),
            (
                "templates/community.html",
                "{% extends \"base.html\" %}{% block body %}{{ community.name }}{% endblock %}",
            ),
            ("templates/parts.html", "{% component tile(a) %}parent {{ a }}{% endcomponent %}"),
            ("i18n/zh.yaml", "nav: {home: 首页, back: 返回}"),
            ("i18n/en.yaml", "nav.home: Home"),
        ],
    )
}

#[test]
fn a_theme_takes_what_it_lacks_from_its_parent_file_by_file() {
    let child = theme(
        "child",
        &[
            (
                "theme.yaml",
                "extends: default\noptions:\n- {name: cards, default: 8}\n- {name: own, type: bool, default: true}\n",
            ),
            (
                "templates/base.html",
                "{% extends \"default/base.html\" %}{% block head %}{{ super() }}+child{% endblock %}",
            ),
            ("templates/parts.html", "{% component tile(a) %}child {{ a }}{% endcomponent %}"),
            (
                "templates/o.txt",
                "{{ option.cards }} {{ option.motto }} {{ option.own }} {{ t.nav.home }} {{ t.nav.back }} {{ <tile a=\"x\" /> }}",
            ),
            ("i18n/zh.yaml", "nav: {home: 主页}"),
        ],
    );
    let theme = loaded(&[child, parent()], "child");
    assert_eq!(try_render(&theme, "o.txt").unwrap(), "8 奋进 true 主页 返回 child x");
    assert_eq!(
        try_render(&theme, "community.html").unwrap(),
        "[base+child|秋浦&lt;script&gt;alert(1)&lt;/script&gt;]"
    );
    let names: Vec<&str> = theme.options().iter().map(|option| option.name.as_str()).collect();
    assert_eq!(names, ["cards", "motto", "own"]);
    assert_eq!(theme.options()[0].max, Some(9.0));
}

#[test]
fn a_missing_translation_is_chinese_and_reported_once() {
    let mut report = Report::new();
    let theme = load_files(&[parent()], "default", "en-US", &mut report).unwrap();
    assert_eq!((&*theme.messages()["nav.home"], &*theme.messages()["nav.back"]), ("Home", "返回"));
    let problems = report.into_sorted();
    assert_eq!(problems.len(), 1);
    assert_eq!((problems[0].code, problems[0].severity), (codes::I18N_MISSING, Severity::Warning));
    assert!(problems[0].message.en.ends_with("Chinese is used: `nav.back`."), "{}", problems[0].message.en);
    assert_eq!(&*problems[0].span.as_ref().unwrap().path, "themes/default/i18n/en.yaml");
}

#[test]
fn themes_that_extend_each_other_or_nothing_are_reported_where_they_say_so() {
    let (_, problems) = try_load(
        &[theme("a", &[("theme.yaml", "extends: b")]), theme("b", &[("theme.yaml", "继承: a")])],
        "a",
    );
    assert_eq!(
        (problems[0].code, problems[0].message.en.as_str()),
        (codes::THEME_CYCLE, "The themes extend each other in a circle: a → b → a.")
    );
    assert_eq!(place(&problems[0]), ("themes/b/theme.yaml", 1, 5, 1));
    let (_, problems) = try_load(&[theme("a", &[("theme.yaml", "# 说明\nextends: defualt")]), parent()], "a");
    assert_eq!(
        (problems[0].code, place(&problems[0])),
        (codes::THEME_NOT_FOUND, ("themes/a/theme.yaml", 2, 10, 7))
    );
    assert_eq!(problems[0].help.as_ref().unwrap().en, "Did you mean `default`?");
}

#[test]
fn mistakes_in_theme_yaml_are_said_plainly_with_their_place() {
    for (yaml, line, column, zh) in [
        ("name: a\noptoins: []", 2, 1, "不认识的键“optoins”。"),
        ("options:\n- {name: x, type: colour}", 2, 19, "不认识的值“colour”。"),
        ("name: b", 1, 7, "主题名“b”和文件夹名“a”不一样。"),
        ("options:\n- {name: x}", 2, 10, "选项“x”没有写类型。"),
        ("options:\n- {name: x, type: number, default: six}", 2, 10, "选项“x”的默认值不对：“six”不是数字。"),
        ("yipin: '99.0'", 1, 9, "主题需要 yipin 99.0 或更新的版本，现在是 0.1.0。"),
    ] {
        let (_, problems) = try_load(&[theme("a", &[("theme.yaml", yaml)])], "a");
        assert_eq!(problems.len(), 1, "{yaml}: {problems:#?}");
        assert_eq!(problems[0].message.zh, zh);
        let (path, at_line, at_column, _) = place(&problems[0]);
        assert_eq!((path, at_line, at_column), ("themes/a/theme.yaml", line, column), "{yaml}");
    }
    let (_, problems) = try_load(&[theme("a", &[("theme.yaml", "name: [")])], "a");
    assert_eq!(problems[0].code.as_str(), "yaml-unclosed-bracket");
    let (_, problems) =
        try_load(&[theme("a", &[("theme.yaml", "extends: b\nname: a\n\nextends: default")])], "a");
    assert_eq!(place(&problems[0]), ("themes/a/theme.yaml", 4, 1, 7));
    let (_, problems) = try_load(&[theme("a", &[("theme.yaml", "optoins: []")])], "a");
    assert!(problems[0].help.as_ref().unwrap().en.contains("`options`"));
}

#[test]
fn the_examples_of_the_reference_give_what_they_say() {
    let theme = load(Path::new("nowhere"), "default", None, "zh-CN", &mut Report::new()).unwrap();
    for tool in TOOLS {
        let (template, result) = tool.example.split_once(" → ").unwrap();
        let mut tera = theme.tera.clone();
        tera.add_raw_template("example.txt", template).unwrap();
        let mut context = Context::new();
        context.insert("page", &BTreeMap::from([("title", "秋浦社区")]));
        context.insert("root", "../../");
        let drawn = tera.render("example.txt", &context).unwrap();
        let without_hash = |address: &str| address.split('.').map(str::len).collect::<Vec<_>>();
        match tool.kind {
            ToolKind::Function => assert_eq!(without_hash(&drawn), without_hash(result), "{drawn}"),
            ToolKind::Filter => assert_eq!(drawn, result),
        }
    }
}

#[test]
fn all_mistakes_of_theme_yaml_are_said_at_once() {
    let yaml = "titel: x\nrequires: 3\noptions:\n- {name: a, type: boolean}\n- {name: b, type: number, default: abc}\n- {name: c, type: text, minn: 1, max: x}\n- {type: bool}\n- d\n";
    let (_, problems) = try_load(&[theme("a", &[("theme.yaml", yaml)])], "a");
    let said: Vec<(u32, &str)> =
        problems.iter().map(|problem| (place(problem).1, problem.message.zh.as_str())).collect();
    assert_eq!(
        said,
        [
            (1, "不认识的键“titel”。"),
            (2, "这里应该是列表，写的是数字。"),
            (4, "不认识的值“boolean”。"),
            (5, "选项“b”的默认值不对：“abc”不是数字。"),
            (6, "不认识的键“minn”。"),
            (6, "这里应该是数字，写的是文字。"),
            (7, "这个选项没有名称。"),
            (8, "一个选项要写成一组键和值。"),
        ]
    );
}

#[test]
fn a_text_that_lost_its_place_is_reported_where_it_stands() {
    let default = theme("default", &[("theme.yaml", ""), ("i18n/zh.yaml", "count: {items: '{n} 项'}")]);
    let own = theme(
        "own",
        &[
            ("theme.yaml", "extends: default"),
            ("i18n/zh.yaml", "other:\n  items: 共项\ncount:\n  items: 共项"),
        ],
    );
    let (_, problems) = try_load(&[own, default], "own");
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert_eq!(place(&problems[0]), ("themes/own/i18n/zh.yaml", 4, 10, 2));
    assert_eq!(problems[0].help.as_ref().unwrap().en, "Write `{n}` into the text, as in \"{n} 项\".");
}

#[test]
fn a_text_that_is_none_is_found_among_keys_that_begin_like_its_own() {
    let own = theme("own", &[("theme.yaml", ""), ("i18n/zh.yaml", "site:\n  skipp: aaa\n  skip: [1]")]);
    let (_, problems) = try_load(&[own], "own");
    assert_eq!(place(&problems[0]), ("themes/own/i18n/zh.yaml", 3, 3, 4));
}

#[test]
fn an_empty_template_is_refused() {
    let (_, problems) = try_load(&[theme("own", &[("theme.yaml", ""), ("templates/a.html", " \n")])], "own");
    assert_eq!(
        (problems[0].code, &*problems[0].span.as_ref().unwrap().path),
        (codes::TEMPLATE_SYNTAX, "themes/own/templates/a.html")
    );
}

#[test]
fn a_theme_without_templates_is_told_so_once() {
    let theme = loaded(&[theme("own", &[("theme.yaml", "name: own")])], "own");
    let mut report = Report::new();
    let kinds = [("a.html", "a", Shape::Any), ("b.html", "b", Shape::Any)];
    theme.check(&kinds, PageView::shape(), SiteView::shape(), &mut report);
    let problems = report.into_sorted();
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert_eq!(&*problems[0].span.as_ref().unwrap().path, "themes/own/theme.yaml");
    assert!(problems[0].help.as_ref().unwrap().en.contains("extends: default"));
}

#[test]
fn a_mistake_in_a_base_is_said_once_however_many_kinds_of_pages_it_draws() {
    let own = theme(
        "own",
        &[
            ("theme.yaml", ""),
            ("templates/base.html", "{{ xyzzy }}"),
            ("templates/a.html", "{% extends \"base.html\" %}"),
            ("templates/b.html", "{% extends \"base.html\" %}"),
        ],
    );
    let theme = loaded(&[own], "own");
    let mut report = Report::new();
    let kinds = [("a.html", "apple", Shape::Any), ("b.html", "berry", Shape::Any)];
    theme.check(&kinds, PageView::shape(), SiteView::shape(), &mut report);
    let problems = report.into_sorted();
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert_eq!(
        problems[0].help.as_ref().unwrap().en,
        "There is `site`, `option`, `t`, `yipin`, `root`, `page`."
    );
}

#[test]
fn a_base_that_lost_blocks_is_blamed_for_the_templates_that_fill_them() {
    let own = theme(
        "own",
        &[("theme.yaml", "extends: default"), ("templates/base.html", "{% block head %}{% endblock %}")],
    );
    let (_, problems) = try_load(&[own, parent()], "own");
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert_eq!(&*problems[0].span.as_ref().unwrap().path, "themes/own/templates/base.html");
    assert!(problems[0].message.en.contains("`body`"), "{}", problems[0].message.en);
}

#[test]
fn a_component_is_told_to_declare_what_it_uses() {
    let problems = check_one("{% component foo(a) %}{{ t.nav.home }}{{ a }}{% endcomponent %}");
    assert_eq!(
        problems[0].help.as_ref().unwrap().en,
        "A component sees only its arguments: add `@t` to them."
    );
}

#[test]
fn a_mistake_in_one_template_does_not_hide_those_of_the_others() {
    let files = [theme(
        "own",
        &[("theme.yaml", ""), ("templates/a.html", "{{ nothing }}"), ("templates/b.html", "{% if %}")],
    )];
    let find = |name: &str, _: &mut Report| files.iter().find(|theme| theme.name == name).cloned();
    let mut report = Report::new();
    let library = Library { find: &find, names: Vec::new() };
    let theme = load_chain(&library, "own", None, "zh-CN", &mut report).unwrap();
    let kinds = [("a.html", "apple", Shape::Any), ("b.html", "berry", Shape::Any)];
    theme.check(&kinds, PageView::shape(), SiteView::shape(), &mut report);
    let codes: Vec<_> = report.into_sorted().iter().map(|problem| problem.code).collect();
    assert_eq!(codes, [codes::UNKNOWN_IN_TEMPLATE, codes::TEMPLATE_SYNTAX]);
}

#[test]
fn components_without_end_are_named() {
    let problem =
        render_one("{% component loop(a) %}{{ <loop a={a} /> }}{% endcomponent %}{{ <loop a={1} /> }}")
            .unwrap_err();
    assert_eq!(place(&problem), ("themes/own/templates/a.html", 1, 14, 4));
}

#[test]
fn failures_of_components_are_said_plainly() {
    for (text, zh) in [
        ("{{ <x b={1} /> }}", "组件没有参数“b”。"),
        ("{{ <x /> }}", "调用组件时少了参数“a”。"),
        ("{{ 1 / 0 }}", "不能除以 0：先用 {% if … %} 判断。"),
        ("{{ 'x' | number }}", "这里需要数字，得到的是文字。"),
        ("{{ 1 | number(place=2) }}", "没有参数“place”。"),
    ] {
        let text = format!("{{% component x(a) %}}{{{{ a }}}}{{% endcomponent %}}{text}");
        assert_eq!(render_one(&text).unwrap_err().message.zh, zh);
    }
}

#[test]
fn a_required_file_that_is_missing_is_reported() {
    let (_, problems) = try_load(
        &[theme("a", &[("theme.yaml", "requires: [templates/home.html]"), ("templates/hmoe.html", "x")])],
        "a",
    );
    assert_eq!(
        (problems[0].code, problems[0].help.as_ref().unwrap().en.as_str()),
        (codes::THEME_MISSING_FILE, "There is `templates/hmoe.html`.")
    );
}

#[test]
fn a_text_that_has_texts_below_it_is_reported() {
    let (_, problems) = try_load(
        &[theme("a", &[("theme.yaml", ""), ("i18n/zh.yaml", "nav: 导航\nnav.home: 首页\n坏: x")])],
        "a",
    );
    let said: Vec<&str> = problems.iter().map(|problem| problem.message.en.as_str()).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert_eq!(said[0], "`nav` is a text already, so `nav.home` cannot be below it.");
    assert!(said[1].starts_with("`坏` cannot be a key"));
}

#[test]
fn syntax_errors_of_all_templates_are_reported_in_one_run() {
    let (none, problems) = try_load(
        &[theme(
            "a",
            &[
                ("theme.yaml", ""),
                ("templates/a.html", "第一行\n中文{% iff x %}"),
                ("templates/b.html", "{{ x + }}"),
                ("templates/c.html", "{% for x in y %}"),
                ("templates/d.html", "{% macro x() %}"),
            ],
        )],
        "a",
    );
    assert!(none.is_none());
    let said: Vec<_> = problems
        .iter()
        .map(|p| {
            (p.code, p.span.as_ref().unwrap().line, p.span.as_ref().unwrap().column, p.message.zh.as_str())
        })
        .collect();
    assert_eq!(said[0], (codes::TEMPLATE_SYNTAX, 2, 6, "没有“iff”这种标签。"));
    assert_eq!(problems[0].help.as_ref().unwrap().en, "Did you mean `if`?");
    assert_eq!((said[1].1, said[1].2), (1, 8), "{said:?}");
    assert!(said[2].3.contains("少了一个结束标签"), "{said:?}");
    assert!(problems[3].help.as_ref().unwrap().en.contains("component"));
    assert_eq!(problems.len(), 4);
}

#[test]
fn every_name_that_does_not_exist_is_reported_with_its_place_and_the_nearest() {
    for (text, line, column, width, zh, near) in [
        ("\n{{ 1 | numbr }}", 2, 8, 5, "没有过滤器“numbr”。", "number"),
        ("{{ aset(name=\"x\") }}", 1, 4, 4, "没有函数“aset”。", "asset"),
        ("{{ 1 is nmber }}", 1, 9, 5, "没有判断“nmber”。", "number"),
        ("中{% include \"b.htm\" %}", 1, 14, 5, "没有模板“b.htm”。", "b.html"),
        ("{% extends \"bb.html\" %}", 1, 13, 7, "没有模板“bb.html”。", "b.html"),
        ("{{ <tlie a=\"1\" /> }}", 1, 5, 4, "没有组件“tlie”。", "tile"),
        (
            "{% extends \"b.html\" %}{% block bdoy %}{% endblock %}",
            1,
            32,
            4,
            "上一级模板里没有块“bdoy”。",
            "body",
        ),
    ] {
        let (_, problems) = try_load(
            &[theme(
                "own",
                &[
                    ("theme.yaml", ""),
                    ("templates/a.html", text),
                    (
                        "templates/b.html",
                        "{% component tile(a) %}{{ a }}{% endcomponent %}{% block body %}{% endblock %}",
                    ),
                ],
            )],
            "own",
        );
        assert_eq!(problems.len(), 1, "{text}: {problems:#?}");
        assert_eq!(problems[0].message.zh, zh);
        assert_eq!(place(&problems[0]), ("themes/own/templates/a.html", line, column, width), "{text}");
        assert!(problems[0].help.as_ref().unwrap().en.contains(&format!("`{near}`")), "{text}");
        assert!(!problems[0].message.en.is_empty());
    }
}

#[test]
fn templates_in_a_circle_are_reported() {
    let child = theme(
        "child",
        &[("theme.yaml", "extends: default"), ("templates/base.html", "{% extends \"base.html\" %}")],
    );
    let (_, problems) = try_load(&[child, parent()], "child");
    assert_eq!(
        problems[0].help.as_ref().unwrap().en,
        "To reach the template of the theme you extend, write \"default/base.html\"."
    );
    let own = theme(
        "own",
        &[
            ("theme.yaml", ""),
            ("templates/a.html", "{% include \"b.html\" %}"),
            ("templates/b.html", "{% if x %}{% include \"a.html\" %}{% endif %}"),
        ],
    );
    let (_, problems) = try_load(&[own], "own");
    assert_eq!(problems.len(), 2);
    assert_eq!(problems[0].code, codes::TEMPLATE_SYNTAX);
}

#[test]
fn a_component_defined_twice_in_one_theme_is_reported() {
    let component = "{% component tile(a) %}{{ a }}{% endcomponent %}";
    let (_, problems) = try_load(
        &[theme(
            "own",
            &[("theme.yaml", ""), ("templates/a.html", component), ("templates/b.html", component)],
        )],
        "own",
    );
    assert_eq!((problems.len(), place(&problems[0])), (1, ("themes/own/templates/b.html", 1, 14, 4)));
}

#[test]
fn an_undefined_name_while_rendering_offers_the_nearest_of_the_view() {
    for (text, column, width, zh, near) in [
        ("{{ comunity.name }}", 4, 8, "没有变量“comunity”。", "community"),
        ("{{ community.nmae }}", 14, 4, "“community”里没有“nmae”。", "name"),
        ("{% for a in community.awards %}{{ a.titel }}{% endfor %}", 37, 5, "“a”里没有“titel”。", "title"),
        ("{{ site.nam }}", 9, 3, "“site”里没有“nam”。", "name"),
        ("{{ page.titl }}", 9, 4, "“page”里没有“titl”。", "title"),
    ] {
        let problem = render_one(text).unwrap_err();
        assert_eq!((problem.code, problem.message.zh.as_str()), (codes::UNKNOWN_IN_TEMPLATE, zh), "{text}");
        assert_eq!(place(&problem), ("themes/own/templates/a.html", 1, column, width), "{text}");
        assert!(problem.help.unwrap().en.contains(&format!("`{near}`")), "{text}");
    }
}

#[test]
fn what_may_be_absent_is_said_to_be_so() {
    let problem = render_one("{{ community.filing.title }}").unwrap_err();
    assert_eq!(place(&problem).2, 21);
    assert!(problem.help.unwrap().zh.contains("可能是空的"));
}

#[test]
fn other_failures_while_rendering_are_said_in_both_languages() {
    for (text, zh) in [
        ("{% for x in 1 %}{% endfor %}", "循环"),
        ("{{ 'a' + 'b' }}", "连接文字请用 ~"),
        ("{{ community.name | truncate_chars }}", "缺少参数“length”"),
        ("{{ community.awards | number }}", "需要"),
    ] {
        let problem = render_one(text).unwrap_err();
        assert_eq!(problem.code, codes::TEMPLATE_FAILED);
        assert!(problem.message.zh.contains(zh), "{}", problem.message.zh);
        assert!(problem.message.en.is_ascii() && problem.span.is_some());
    }
}

#[test]
fn a_slip_in_a_branch_that_is_not_taken_is_found_without_rendering() {
    for (text, column, near) in [
        ("{% if false %}{{ community.brand.solgan }}{% endif %}", 34, "slogan"),
        ("{% if community.naem %}{% endif %}", 17, "name"),
        ("{% for a in community.awards | sort(attribute=\"title\") %}{{ a.titel }}{% endfor %}", 63, "title"),
        ("{% for a in community.awards %}{% else %}{{ community.awads | length }}{% endfor %}", 55, "awards"),
        ("{% set b = community.brand %}{{ b.slogn }}", 35, "slogan"),
        ("{{ community.filing?.titel }}", 22, "title"),
        ("{{ t.nav.hom }}", 10, "home"),
        ("{{ option.acent }}", 11, "accent"),
        ("{{ community['nmae'] }}", 15, "name"),
        ("{% component c(@site, x) %}{{ site.nam }}{{ x.y }}{{ body }}{% endcomponent %}", 36, "name"),
    ] {
        let problems = check_one(text);
        assert_eq!(problems.len(), 1, "{text}: {problems:#?}");
        assert_eq!(place(&problems[0]).2, column, "{text}");
        assert!(problems[0].help.as_ref().unwrap().en.contains(&format!("`{near}`")), "{text}");
    }
}

#[test]
fn what_is_right_or_cannot_be_known_is_not_reported() {
    for text in [
        "{% for a in community.awards %}{{ loop.index }}{{ a.title }}{% endfor %}{{ community.awards[0].title }}",
        "{% if other is defined %}{{ other.x }}{% endif %}{{ flag | default(value=1) }}",
        "{% set x = [a.title for a in community.awards] %}{{ x.y }}{{ root }}{{ yipin }}{{ t.nav.home }}",
        "{% for k, v in {'a': 1} %}{{ k }}{{ v.x }}{% endfor %}{{ community.filing?.title | default(value='') }}",
        "{% block b %}{% set z = 1 %}{{ z }}{% endblock %}{{ community.awards | first }}",
        "{% raw %}{{ no }}{% endraw %}{# {{ no }} #}{% filter upper %}{{ page.title }}{% endfilter %}",
    ] {
        assert!(check_one(text).is_empty(), "{text}: {:#?}", check_one(text));
    }
}

#[test]
fn a_field_of_a_text_is_reported() {
    let problems = check_one("{{ community.name.first }}{{ community.awards.title }}");
    assert_eq!(problems[0].help.as_ref().unwrap().zh, "“community.name”是 text，没有下级。");
    assert_eq!(problems.len(), 2);
}

#[test]
fn blocks_are_checked_as_the_child_fills_them_and_includes_see_their_callers_names() {
    let own = theme(
        "own",
        &[
            ("theme.yaml", ""),
            (
                "templates/base.html",
                "{% block a %}{{ community.unused }}{% endblock %}{% block b %}{{ community.used }}{% endblock %}",
            ),
            ("templates/row.html", "{{ award.titel }}"),
            (
                "templates/a.html",
                "{% extends \"base.html\" %}{% block a %}{% for award in community.awards %}{% include \"row.html\" %}{% endfor %}{% endblock %}{% block b %}{{ super() }}{% endblock %}",
            ),
        ],
    );
    let theme = loaded(&[own], "own");
    let mut report = Report::new();
    theme.check(
        &[("a.html", "community", CommunityPage::shape()), ("b.html", "x", Shape::Any)],
        PageView::shape(),
        SiteView::shape(),
        &mut report,
    );
    let problems = report.into_sorted();
    let said: Vec<&str> = problems.iter().map(|problem| problem.message.en.as_str()).collect();
    assert_eq!(
        said,
        ["`community` has no `used`.", "`award` has no `titel`.", "The theme lacks templates: `b.html`."]
    );
}

#[test]
fn a_value_is_never_printed_raw() {
    for name in ["a.html", "a.xml", "a.svg"] {
        let file = format!("templates/{name}");
        let theme = loaded(
            &[theme(
                "own",
                &[
                    ("theme.yaml", ""),
                    (
                        &file,
                        "{% component c(x) %}{{ x }}{% endcomponent %}{{ community.name }}<a title='{{ community.name ~ \"'\" }}'>{{ <c x={community.name} /> }}{{ community }}{% set y %}{{ community.name }}{% endset %}{{ y }}{{ community.name | truncate_chars(length=9) }}",
                    ),
                ],
            )],
            "own",
        );
        let out = try_render(&theme, name).unwrap();
        assert!(!out.contains("<script") && !out.contains("''"), "{out}");
        assert_eq!(out.matches("&lt;script&gt;").count(), 6, "{out}");
    }
}

#[test]
fn an_asset_is_found_from_the_page_and_an_unknown_one_is_reported() {
    let own = theme(
        "own",
        &[
            ("theme.yaml", ""),
            ("static/style.css", "a{}"),
            ("templates/a.html", "{{ asset(name=\"style.css\") }}"),
            ("templates/b.html", "\n{{ asset(name=\"styl.css\") }}"),
            (
                "templates/c.html",
                "{% component c() %}{{ asset(name=\"style.css\") }}{% endcomponent %}{{ <c /> }}",
            ),
            (
                "templates/d.html",
                "{% component d(@root) %}{{ asset(name=\"style.css\") }}{% endcomponent %}{{ <d /> }}",
            ),
        ],
    );
    let theme = loaded(&[own], "own");
    let out = try_render(&theme, "a.html").unwrap();
    assert_eq!(out, format!("../../{}", theme.assets()["style.css"].output));
    assert_eq!(try_render(&theme, "d.html").unwrap(), out);
    let problem = try_render(&theme, "b.html").unwrap_err();
    assert_eq!(
        (problem.code, place(&problem)),
        (codes::UNKNOWN_ASSET, ("themes/own/templates/b.html", 2, 4, 22))
    );
    assert_eq!(problem.help.unwrap().en, "Did you mean `style.css`?");
    assert!(try_render(&theme, "c.html").unwrap_err().help.unwrap().zh.contains("@root"));
}

#[test]
fn a_template_that_is_not_there_is_reported_with_the_nearest() {
    let theme = loaded(&[parent()], "default");
    let problem = try_render(&theme, "comunity.html").unwrap_err();
    assert_eq!(
        (problem.code, problem.help.unwrap().en.as_str()),
        (codes::UNKNOWN_TEMPLATE, "Did you mean `community.html`?")
    );
}

#[test]
fn a_template_with_windows_line_ends_gives_the_same_bytes() {
    assert_eq!(render_one("a\r\nb\r\n").unwrap(), render_one("a\nb\n").unwrap());
    assert_eq!(
        place(&render_one("a\r\n{{ community.nmae }}").unwrap_err()),
        ("themes/own/templates/a.html", 2, 14, 4)
    );
}

#[test]
fn a_file_that_is_not_utf8_is_reported_with_its_line() {
    let mut own = theme("own", &[("theme.yaml", "")]);
    own.files.insert("templates/a.html".into(), Cow::Borrowed(b"a\n\xb6\xab"));
    let (none, problems) = try_load(&[own], "own");
    assert!(none.is_none());
    assert_eq!(
        (problems[0].code, place(&problems[0])),
        (codes::BAD_ENCODING, ("themes/own/templates/a.html", 2, 1, 1))
    );
}

#[test]
fn every_bundled_theme_loads_in_every_language_it_has_without_a_word() {
    let root = tempfile::tempdir().unwrap();
    for name in files::embedded_names() {
        let theme = files::embedded(&name).unwrap();
        let texts = theme.files.keys().filter_map(|file| file.strip_prefix("i18n/")?.strip_suffix(".yaml"));
        for language in texts.chain(["zh-CN"]) {
            let mut report = Report::new();
            assert!(load(root.path(), &name, None, language, &mut report).is_some(), "{name}: {report:#?}");
            assert!(report.is_empty(), "{name}, {language}: {report:#?}");
        }
    }
}

#[test]
fn every_bundled_theme_fits_the_views() {
    use crate::view::frame::{PageView, SiteView};
    let kinds: Vec<Kind<'_>> =
        crate::view::KINDS.iter().map(|kind| (kind.template, kind.variable, (kind.shape)())).collect();
    for name in files::embedded_names() {
        let mut report = Report::new();
        let root = tempfile::tempdir().unwrap();
        let theme = load(root.path(), &name, None, "zh-CN", &mut report).unwrap();
        theme.check(&kinds, PageView::shape(), SiteView::shape(), &mut report);
        assert!(report.is_empty(), "{name}: {report:#?}");
    }
}

#[test]
fn a_theme_on_disk_wins_over_the_embedded_one_as_a_whole() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("themes/default");
    std::fs::create_dir_all(folder.join("templates")).unwrap();
    std::fs::write(folder.join("theme.yaml"), "").unwrap();
    // 东, as an old Notepad saves it.
    std::fs::write(folder.join("templates/mine.html"), b"\xb6\xab").unwrap();
    let theme = load(root.path(), "default", None, "zh", &mut Report::new()).unwrap();
    assert_eq!(theme.template_names().collect::<Vec<_>>(), ["mine.html"]);
    assert_eq!(try_render(&theme, "mine.html").unwrap(), "东");
    for name in ["..", "../x", "", "a/b"] {
        assert!(load(root.path(), name, None, "zh", &mut Report::new()).is_none());
    }
}

#[test]
fn the_reference_page_lists_templates_fields_tools_options_and_texts() {
    let theme = loaded(&[parent()], "default");
    let kinds = [("community.html", "community", CommunityPage::shape())];
    let page = reference(&kinds, PageView::shape(), SiteView::shape(), &theme);
    for line in [
        "| `community.html` | `community` | [CommunityPage](#communitypage) |",
        "| `filing` | [AwardView](#awardview)? | Its filing, if it has one. |",
        "| `cards` | number ≤ 9 | `6` | <br> |",
        "| `t.nav.home` | 首页 |",
    ] {
        assert!(page.contains(line), "{line}\n{page}");
    }
    assert_eq!(page.matches("### AwardView").count(), 1);
}
