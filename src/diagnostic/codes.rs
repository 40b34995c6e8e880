//! Every diagnostic code, with its usual severity and one line of explanation in both languages.
//!
//! Codes are kebab-case and are never renamed: county staff search for them, and scripts match them.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::Severity;

/// The stable name of one kind of problem.
#[derive(Clone, Copy)]
pub struct Code(&'static Entry);

struct Entry {
    name: &'static str,
    severity: Severity,
    zh: &'static str,
    en: &'static str,
}

impl Code {
    /// Returns the stable kebab-case name.
    pub fn as_str(self) -> &'static str {
        self.0.name
    }

    /// Returns the severity a problem of this kind has unless a rule says otherwise.
    pub fn severity(self) -> Severity {
        self.0.severity
    }

    /// Explains the kind of problem in one Chinese and one English line.
    pub fn explain(self) -> (&'static str, &'static str) {
        (self.0.zh, self.0.en)
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = <Cow<'de, str>>::deserialize(deserializer)?;
        let found = ALL.iter().find(|code| code.as_str() == name).copied();
        found.ok_or_else(|| D::Error::custom("no code of this name"))
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.0.name == other.0.name
    }
}

impl Eq for Code {}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.name)
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $const:ident = $name:literal $severity:ident $zh:literal $en:literal;)*) => {
        $(
            #[doc = $en]
            pub const $const: Code = Code(&Entry { name: $name, severity: Severity::$severity, zh: $zh, en: $en });
        )*
        /// All codes, in the order of the reference page.
        pub const ALL: &[Code] = &[$($const),*];
    };
}

codes! {
    // Reading files.
    UNREADABLE_FILE = "unreadable-file" Error "文件读不出来。" "The file cannot be read.";
    FILE_TOO_LARGE = "file-too-large" Error "文件太大。" "The file is larger than is sane.";
    LINK_OUTSIDE = "link-outside" Error "链接指到了网站文件夹之外。" "A symbolic link leaves the site's folder.";
    BAD_ENCODING = "bad-encoding" Error "文件不是可识别的文字编码。" "The file is not text in any known encoding.";
    WRONG_FILE_TYPE = "wrong-file-type" Error "文件内容与扩展名不符。" "The file is not what its name says.";
    BAD_FILE_NAME = "bad-file-name" Error "文件或文件夹名不能用作网址。" "A file or folder name cannot be an address.";
    UNKNOWN_FILE = "unknown-file" Warning "不认识的文件，没有用到。" "A file that is not part of the content model.";
    MISSING_FILE = "missing-file" Error "缺少必须有的文件。" "A required file is missing.";
    MISSING_CONTENT = "missing-content" Error "找不到 content 文件夹。" "There is no content folder.";
    NAME_COLLISION = "name-collision" Error "两个名字只有大小写不同。" "Two names differ in capitals only.";

    // Pictures.
    DAMAGED_PICTURE = "damaged-picture" Error "图片不完整或者已经损坏。" "A picture is cut short or damaged.";
    PICTURE_TOO_LARGE = "picture-too-large" Error "图片的像素太多。" "A picture has too many pixels to be decoded.";
    UNSAFE_DRAWING = "unsafe-drawing" Error "SVG 图形里有脚本或外来的内容。" "A drawing holds a script or something from elsewhere.";
    ANIMATED_PICTURE = "animated-picture" Warning "会动的图片只显示第一帧。" "Of a moving picture only the first frame is shown.";

    RISKY_FILE = "risky-file" Error "这种文件不该放在网站上。" "An attachment could do harm.";

    // YAML.
    YAML_SYNTAX = "yaml-syntax" Error "写法不对，读不懂。" "The YAML cannot be read.";
    YAML_FULLWIDTH_COLON = "yaml-fullwidth-colon" Error "键后面用了中文冒号。" "A full-width colon stands after a key.";
    YAML_FULLWIDTH_COMMA = "yaml-fullwidth-comma" Error "方括号或花括号里用了中文逗号。" "A full-width comma stands inside brackets.";
    YAML_FULLWIDTH_QUOTE = "yaml-fullwidth-quote" Error "该用英文引号的地方用了中文引号。" "Chinese quotation marks stand where straight ones are needed.";
    YAML_FULLWIDTH_DASH = "yaml-fullwidth-dash" Error "列表用了中文横线或圆点。" "A list item begins with a full-width dash or a bullet.";
    YAML_FULLWIDTH_BLANK = "yaml-fullwidth-blank" Error "缩进用了中文空格。" "A line is indented with full-width blanks.";
    YAML_FULLWIDTH_BRACKET = "yaml-fullwidth-bracket" Error "列表或记录用了中文括号。" "A list or record stands in full-width brackets.";
    YAML_TAB = "yaml-tab" Error "缩进用了制表符（Tab 键）。" "A line is indented with a tab.";
    YAML_INDENT = "yaml-indent" Error "缩进没有对齐。" "A line is indented wrongly.";
    YAML_COLON_BLANK = "yaml-colon-blank" Error "冒号后面缺空格。" "A blank is missing after the colon.";
    YAML_DASH_BLANK = "yaml-dash-blank" Error "横线后面缺空格。" "A blank is missing after the dash.";
    YAML_NO_KEY = "yaml-no-key" Error "这一行没有“键: 值”。" "A line has no key.";
    YAML_NEEDS_QUOTES = "yaml-needs-quotes" Error "值以特殊符号开头，要加引号。" "A value begins with a special character and needs quotes.";
    YAML_BAR = "yaml-bar" Error "多行文字前面的竖线写得不对。" "The bar before a text of several lines is not right.";
    YAML_COLON_IN_VALUE = "yaml-colon-in-value" Error "值里有冒号加空格，要加引号。" "A value has a colon and a blank in it and needs quotes.";
    YAML_COMMENT_IN_VALUE = "yaml-comment-in-value" Warning "“#”后面的内容被当成了注释。" "What follows `#` was taken as a comment.";
    YAML_SLEEPING_KEY = "yaml-sleeping-key" Error "键前面的“#”没有去掉，下面的内容却去掉了。" "A key is still commented out and what stands below it is not.";
    YAML_UNCLOSED_QUOTE = "yaml-unclosed-quote" Error "引号没有成对。" "A quotation mark is not closed.";
    YAML_UNCLOSED_BRACKET = "yaml-unclosed-bracket" Error "括号没有成对。" "A bracket is not closed.";
    YAML_TEXT_AFTER_QUOTE = "yaml-text-after-quote" Error "引号后面还有文字。" "Text follows a closing quotation mark.";
    YAML_BAD_ESCAPE = "yaml-bad-escape" Error "双引号里的反斜杠写法不对。" "A backslash inside double quotes means nothing.";
    YAML_DUPLICATE_KEY = "yaml-duplicate-key" Error "同一个键写了两次。" "A key stands twice in one record.";
    YAML_ANCHOR = "yaml-anchor" Error "用了本程序不支持的 YAML 记号。" "An anchor, alias, merge key or tag, which are not accepted.";
    YAML_KEY_NOT_TEXT = "yaml-key-not-text" Error "键不是普通文字。" "A key is not plain text.";
    YAML_TOO_DEEP = "yaml-too-deep" Error "嵌套层数太多。" "Values are nested too deeply.";
    YAML_DOCUMENTS = "yaml-documents" Error "文件中间有“---”分隔线。" "A file holds more than one document.";
    YAML_CONTROL_CHARACTER = "yaml-control-character" Error "有看不见的字符。" "An invisible character stands in the text.";
    FRONT_MATTER = "front-matter" Error "文章开头的信息区没有写好。" "The front matter is not written rightly.";

    // Markdown.
    MARKDOWN_LINK = "markdown-link" Warning "正文里的链接或图片没有写对，会原样显示。" "A link or picture in a text is mistyped and would show as it is typed.";
    MARKDOWN_HEADING = "markdown-heading" Warning "正文里“#”后面缺空格，不会是小标题。" "A heading in a text lacks the blank behind its `#`.";
    MARKDOWN_TABLE = "markdown-table" Warning "正文里的表格没有写对。" "A table in a text is mistyped.";
    MARKDOWN_FOOTNOTE = "markdown-footnote" Warning "正文里的脚注没有写对，会原样显示。" "A footnote in a text is mistyped and would show as it is typed.";
    HTML_REMOVED = "html-removed" Warning "正文里有不能用的 HTML，会被去掉。" "A text holds HTML that is not accepted and is taken out.";

    // Addresses.
    ADDRESS_CLASH = "address-clash" Error "两个页面要用同一个网址。" "Two outputs have one address.";
    BAD_ALIAS = "bad-alias" Error "旧地址不能用作网址。" "A former address cannot be an address.";
    // Writing the site.
    BUSY = "busy" Error "另一个 yipin 正在处理这个网站。" "Another yipin works on this site.";
    BAD_OUTPUT = "bad-output" Error "不能把网站生成到这个文件夹。" "The site cannot be written to that folder.";
    FOREIGN_OUTPUT = "foreign-output" Error "输出文件夹里有不是 yipin 生成的文件，或者另一个网站。" "The output folder holds files yipin did not make, or another site.";
    FOREIGN_FILE = "foreign-file" Error "网站要用的位置上有不是 yipin 生成的文件。" "A file yipin did not make is in the way.";
    KEPT_FILE = "kept-file" Info "输出文件夹里不归 yipin 管的文件，原样保留。" "A file yipin did not make was left where it is.";
    WRITE_FAILED = "write-failed" Error "文件写不进去。" "A file cannot be written.";
    UNFINISHED_WRITE = "unfinished-write" Error "新网站还没有全部放到位。" "The new site is not all in place yet.";
    RECOVERED = "recovered" Info "处理了上次中途停止的运行。" "What an interrupted run left was dealt with.";

    // Links.
    DEAD_LINK = "dead-link" Error "链接或图片指向不存在的地方。" "A link or picture leads nowhere.";
    LINK_TO_DRAFT = "link-to-draft" Error "链接指向没有发布的内容。" "A link leads to something unpublished.";
    MISSING_ANCHOR = "missing-anchor" Error "链接指向的小标题不存在。" "A link leads to a heading that does not exist.";
    MISSING_ALT = "missing-alt" Error "图片没有文字说明。" "A picture has no text alternative.";
    OFFSITE_IMAGE = "offsite-image" Error "图片在别的网站上。" "A picture is on another site.";
    UNSAFE_LINK = "unsafe-link" Error "链接不安全。" "A link is not safe to publish.";
    DEAD_LINK_IN_OUTPUT = "dead-link-in-output" Error "生成的页面里有死链。" "A finished page has a dead link.";
    OFFSITE_ASSET = "offsite-asset" Error "页面要载入别的网站的文件。" "A page would load a file from another site.";

    // The site as a whole.
    STALE_PROJECT = "stale-project" Warning "项目太久没有动态。" "A project has had no update for too long.";
    EMPTY_COLUMN = "empty-column" Warning "栏目里没有内容。" "A column has nothing in it.";
    // The content model: keys and values.
    UNKNOWN_KEY = "unknown-key" Error "不认识的键。" "A key that the content model does not have.";
    DOUBLED_KEY = "doubled-key" Error "同一项的中文键和英文键都写了。" "Both names of one key stand in one record.";
    MISSING_FIELD = "missing-field" Error "缺少必须填写的项。" "A required key is missing or empty.";
    WRONG_SHAPE = "wrong-shape" Error "值的写法不对：该写一项的写成了列表，或者反过来。" "A list stands where one value is wanted, or the like.";
    BAD_CHARACTER = "bad-character" Error "有乱码或看不见的控制字符。" "A damaged or invisible character stands in a text.";
    BAD_DATE = "bad-date" Error "日期或时间写法不对。" "A date or time is not written as one.";
    BAD_NUMBER = "bad-number" Error "数字写法不对。" "A number is not written as one.";
    OUT_OF_RANGE = "out-of-range" Error "数字超出了范围。" "A number is too small or too large.";
    UNKNOWN_VALUE = "unknown-value" Error "不在可选值之内。" "A value is not one of the closed list.";
    BAD_URL = "bad-url" Error "网址写法不对。" "An address is not an absolute http or https address.";
    BAD_DOMAIN = "bad-domain" Error "域名写法不对。" "A domain is not a bare host name.";
    BAD_PATH = "bad-path" Error "文件路径写法不对。" "A path does not name a file of the content folder.";
    NOT_A_PICTURE = "not-a-picture" Error "不是网页能用的图片格式。" "A file is not a picture that pages can show.";
    BAD_CODE = "bad-code" Error "区划代码不是 12 位数字。" "An administrative code does not have 12 digits.";
    ODD_PORTAL_NUMBER = "odd-portal-number" Warning "标识码或备案号不像是对的。" "A portal's code or filing number has an unusual form.";
    BAD_ID = "bad-id" Error "标识不能用作网址。" "An id cannot be part of an address.";
    DUPLICATE_ID = "duplicate-id" Error "两条记录用了同一个标识。" "Two records have one id.";

    PHOTO_WITHOUT_CONSENT = "photo-without-consent" Warning "没有取得同意的照片没有公开。" "A photo without consent is not published.";

    NOT_APPLIED = "not-applied" Info "这个版本还不使用这一项。" "This version does not use a key yet.";

    // The content model: references.
    UNKNOWN_REFERENCE = "unknown-reference" Error "指向的记录不存在。" "A reference leads to no record.";
    AMBIGUOUS_REFERENCE = "ambiguous-reference" Error "有几条记录同名，不知道指哪一条。" "Several records have the name of a reference.";
    REPEATED_REFERENCE = "repeated-reference" Warning "同一条记录列了两次。" "A list names one record twice.";
    WINNER_NOT_ENTERED = "winner-not-entered" Error "获奖社区不在参评名单里。" "A winner is not among the entrants.";
    TWIN = "twin" Warning "两条记录像是同一个。" "Two records look like one.";
    DUPLICATE_AWARD = "duplicate-award" Warning "同一项荣誉写了两处。" "One honour is written in two places.";
    WITHHELD_RECORD = "withheld-record" Info "因为所依靠的记录是草稿，这条记录没有公开。" "A record is withheld because one it needs is a draft.";

    // The content model: dates that contradict.
    PLACEHOLDER = "placeholder" Warning "新建时的提示文字还没有换掉。" "A text that was written to be replaced still stands.";
    GUESSED_DATE = "guessed-date" Warning "没有写发布时间，只好用大概的日期代替。" "The date of publication is not said and must be guessed.";
    FUTURE_DATE = "future-date" Error "日期在今天之后。" "A date lies in the future.";
    DATE_ORDER = "date-order" Error "日期前后颠倒。" "Two dates stand in the wrong order.";
    DONE_WITHOUT_DATE = "done-without-date" Error "写了已完成，却没有完成时间。" "A milestone is done without a date.";
    CONTRADICTING_STATUS = "contradicting-status" Error "状态与日期对不上。" "A status contradicts the dates.";
    MISSING_REASON = "missing-reason" Error "延期或取消没有写原因。" "A postponed or cancelled milestone has no reason.";
    STEP_ORDER = "step-order" Error "服务的步骤跳了一步。" "A step of a service was left out.";
    FILE_NAME_DATE = "file-name-date" Warning "文件名里的日期与文中的不一致。" "The date in a file name differs from the one inside.";
    // Themes and templates.
    THEME_NOT_FOUND = "theme-not-found" Error "找不到这个主题。" "There is no such theme.";
    THEME_CYCLE = "theme-cycle" Error "主题互相继承，绕成了圈。" "Themes extend each other in a circle.";
    THEME_EXISTS = "theme-exists" Error "主题文件夹已经存在。" "The theme's folder is already there.";
    THEME_MISSING_FILE = "theme-missing-file" Error "主题缺少它声明必须有的文件。" "A file the theme says it requires is missing.";
    THEME_TOO_NEW = "theme-too-new" Error "主题需要更新版本的 yipin。" "The theme needs a newer yipin.";
    BAD_THEME_FILE = "bad-theme-file" Error "主题的设置文件写错了。" "A theme's own YAML file is wrong.";
    UNKNOWN_THEME_OPTION = "unknown-theme-option" Error "主题没有这个选项。" "The theme has no such option.";
    BAD_THEME_OPTION = "bad-theme-option" Error "主题选项的值不对。" "A theme option has a value it cannot take.";
    LOW_CONTRAST = "low-contrast" Error "颜色对比度不够，看不清。" "Two colours are too close to be read.";
    I18N_MISSING = "i18n-missing" Warning "界面文字缺少翻译，用了中文。" "An interface text is not translated; Chinese is used.";
    UNKNOWN_ASSET = "unknown-asset" Error "主题的 static 文件夹里没有这个文件。" "The theme's static folder has no such file.";
    HIDDEN_FILE = "hidden-file" Warning "主题的 static 文件夹里名字以点开头的文件没有发布。" "A file in the theme's static folder whose name begins with a dot is not published.";
    TEMPLATE_SYNTAX = "template-syntax" Error "模板语法写错了。" "A template is not written correctly.";
    UNKNOWN_TEMPLATE = "unknown-template" Error "没有这个模板。" "There is no such template.";
    UNKNOWN_IN_TEMPLATE = "unknown-in-template" Error "模板里用了不存在的名字。" "A template uses a name that does not exist.";
    TEMPLATE_FAILED = "template-failed" Error "模板运行时出错。" "A template failed while rendering.";

    // Languages.
    UNKNOWN_LANGUAGE = "unknown-language" Error "网站没有这种语言。" "The site does not have a language that is used.";
    REPEATED_LANGUAGE = "repeated-language" Error "同一种语言写了两次。" "A language is named twice.";
    MISSING_MAIN_LANGUAGE = "missing-main-language" Error "缺少主语言的文字。" "A value lacks the site's main language.";
    TRANSLATION_WITHOUT_BASE = "translation-without-base" Error "译文没有对应的原文。" "A translation has no text it translates.";
    UNUSED_IN_TRANSLATION = "unused-in-translation" Warning "译文里写了以原文为准的项。" "A translation says what only its base record can say.";

    // The command line, new sites and new records.
    USAGE = "usage" Error "命令写错了。" "The command line is wrong.";
    CANNOT_LISTEN = "cannot-listen" Error "不能在这个地址和端口上提供预览。" "The preview cannot listen at that address and port.";
    CREATED_FILE = "created-file" Info "新建或补充了文件。" "A file was made or added to.";
    NOT_UTF8 = "not-utf8" Info "文件不是 UTF-8 编码，已自动识别。" "A file is not UTF-8; its encoding was recognised.";
    FOLDER_NOT_EMPTY = "folder-not-empty" Error "文件夹里已经有东西。" "A new site needs an empty folder.";
    RECORD_EXISTS = "record-exists" Error "这个标识已经用过。" "There is a record with that id.";
    NOTHING_TO_REFER_TO = "nothing-to-refer-to" Error "要引用的记录还没有。" "A new record needs another one that is not there yet.";
    CANNOT_APPEND = "cannot-append" Error "不能自动加到文件里。" "A record cannot be added to a file by the program.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_kebab_case_unique_and_explained_in_both_languages() {
        let mut seen = std::collections::BTreeSet::new();
        for code in ALL {
            assert!(code.as_str().bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
            assert!(seen.insert(code.as_str()), "{code:?} stands twice");
            let (zh, en) = code.explain();
            assert!(!zh.is_ascii() && en.is_ascii() && !en.is_empty(), "{code:?}");
        }
    }
}
