//! What every command and option is for, in both languages; a test holds the table against the arguments.

use crate::diagnostic::Lang;

/// A text in both languages.
pub(super) type Pair = (&'static str, &'static str);

/// The words of one command or of one argument.
pub(super) struct Words {
    /// The command's names from the top, joined by blanks; empty for the program itself.
    pub(super) command: &'static str,
    /// The argument's name; empty for the command itself.
    pub(super) argument: &'static str,
    /// What its value is called.
    pub(super) value: Option<Pair>,
    /// What it is for.
    pub(super) about: Pair,
}

const fn command(command: &'static str, zh: &'static str, en: &'static str) -> Words {
    Words { command, argument: "", value: None, about: (zh, en) }
}

const fn flag(command: &'static str, argument: &'static str, zh: &'static str, en: &'static str) -> Words {
    Words { command, argument, value: None, about: (zh, en) }
}

const fn valued(
    command: &'static str,
    argument: &'static str,
    value: Pair,
    zh: &'static str,
    en: &'static str,
) -> Words {
    Words { command, argument, value: Some(value), about: (zh, en) }
}

const FOLDER: Pair = ("文件夹", "DIR");
const NAME: Pair = ("名称", "NAME");
const DATE: Pair = ("日期", "DATE");

/// All words, in the order of the arguments.
pub(super) static WORDS: &[Words] = &[
    command(
        "",
        "一品：把社区“一社一品”资料做成网站",
        "Makes a website of community brands (一社一品) from plain files",
    ),
    valued(
        "",
        "root",
        FOLDER,
        "网站所在的文件夹，默认是当前文件夹",
        "The site's folder; the current one by default",
    ),
    valued(
        "",
        "lang",
        ("zh|en", "zh|en"),
        "提示用的语言：zh 中文，en 英文",
        "The language of messages: zh or en",
    ),
    valued(
        "",
        "format",
        ("human|json", "human|json"),
        "提示的形式：human 给人看，json 给程序读",
        "How problems are written: human or json",
    ),
    valued(
        "",
        "today",
        DATE,
        "当作今天的日期，如 2024-03-05；不写就看系统时间",
        "The day the site is made for, such as 2024-03-05; the system's by default",
    ),
    valued("", "jobs", ("个数", "N"), "最多同时用几个处理器核心", "How many processor cores to use at most"),
    flag("", "quiet", "只显示错误和警告", "Says nothing but errors and warnings"),
    flag(
        "",
        "verbose",
        "多说一些：改动了哪些文件、哪些文件不是 UTF-8",
        "Says more: the files changed, the files not in UTF-8",
    ),
    flag("", "help", "显示说明", "Shows this help"),
    flag("", "version", "显示版本号", "Shows the version"),
    command(
        "init",
        "新建一个网站，带示例内容，马上就能生成",
        "Makes a new site with starter content that works at once",
    ),
    valued(
        "init",
        "dir",
        FOLDER,
        "新网站的文件夹，必须是空的或还没有",
        "The new site's folder, empty or not there yet",
    ),
    valued("init", "name", NAME, "网站名称", "The site's name"),
    valued(
        "init",
        "keys",
        ("zh|en", "zh|en"),
        "文件里的键用中文还是英文，默认中文",
        "The language of keys in the files; zh by default",
    ),
    command("new", "新建一个社区、一条动态等", "Makes a community, a news item or another record"),
    valued(
        "new",
        "kind",
        ("种类", "KIND"),
        "社区、活动、动态、评选、服务、页面、单位、乡镇",
        "community, event, news, competition, service, page, partner or town",
    ),
    valued("new", "name", NAME, "名称或标题", "Its name or title"),
    valued(
        "new",
        "id",
        ("标识", "ID"),
        "网址里的名字；不写就用拼音",
        "Its name in addresses; pinyin by default",
    ),
    valued(
        "new",
        "town",
        ("乡镇", "TOWN"),
        "社区：所属乡镇，名称或标识都行",
        "Of a community: its town, by name or id",
    ),
    valued(
        "new",
        "category",
        ("类别", "CATEGORY"),
        "社区：品牌类别，名称或标识都行",
        "Of a community: the brand's category, by name or id",
    ),
    valued("new", "brand", ("品牌", "BRAND"), "社区：品牌名称", "Of a community: the brand's name"),
    valued(
        "new",
        "community",
        ("社区", "COMMUNITY"),
        "服务、活动、动态、单位：相关社区，名称或标识都行",
        "Of a service, event, news item or partner: the community, by name or id",
    ),
    valued(
        "new",
        "date",
        DATE,
        "活动、动态、评选、服务：日期，不写就是今天",
        "Of an event, news item, competition or service: its date; today by default",
    ),
    command("check", "检查内容，一次列出所有问题", "Finds everything wrong with the content, all at once"),
    valued(
        "check",
        "deny",
        ("warnings", "warnings"),
        "写 warnings：有警告也算不通过",
        "With `warnings`: warnings make the check fail too",
    ),
    flag("check", "drafts", "连草稿一起检查", "Checks drafts too"),
    command("build", "生成网站", "Makes the site"),
    valued(
        "build",
        "out",
        FOLDER,
        "生成到哪个文件夹，默认是网站文件夹里的 public",
        "Where to; `public` in the site's folder by default",
    ),
    valued(
        "build",
        "base_url",
        ("网址", "URL"),
        "代替 site.yaml 里的网址",
        "Used in place of the address in site.yaml",
    ),
    flag("build", "drafts", "把草稿也生成出来，只用于预览", "Shows drafts too; for previews only"),
    flag("build", "no_cache", "不用上次的记录，全部重新比较", "Forgets the last run and compares every file"),
    flag("build", "timings", "显示每一步用了多长时间", "Shows how long each stage took"),
    command(
        "serve",
        "预览网站：保存文件后网页自动刷新，错误显示在网页上",
        "Shows the site while you work on it: pages reload on save, mistakes are shown in the page",
    ),
    valued(
        "serve",
        "addr",
        ("地址", "ADDR"),
        "在哪个地址和端口上提供，如 0.0.0.0、0.0.0.0:8080、8080；默认只有本机能看",
        "Where to listen, such as 0.0.0.0, 0.0.0.0:8080 or 8080; this machine only by default",
    ),
    flag("serve", "open", "打开浏览器", "Opens the browser"),
    valued(
        "serve",
        "base_url",
        ("网址", "URL"),
        "代替 site.yaml 里的网址",
        "Used in place of the address in site.yaml",
    ),
    flag("serve", "drafts", "草稿也显示，并标明是草稿", "Shows drafts too, marked as such"),
    flag(
        "serve",
        "poll",
        "每秒查看一次文件；文件在网络盘上、改动不被察觉时用",
        "Looks at the files every second; for network drives where changes go unnoticed",
    ),
    command("theme", "查看、导出主题", "Lists themes; copies the embedded one out"),
    command("theme list", "列出可以用的主题", "Lists the themes a site can use"),
    command(
        "theme eject",
        "把附带的主题导出到 themes 文件夹，供修改",
        "Copies an embedded theme into `themes`, to be changed",
    ),
    valued("theme eject", "name", NAME, "主题名称，默认 default", "The theme's name; `default` if not given"),
    command("completions", "输出命令行补全脚本", "Prints a script that completes commands in a shell"),
    valued(
        "completions",
        "shell",
        ("命令行", "SHELL"),
        "bash、zsh、fish、powershell、elvish",
        "bash, zsh, fish, powershell or elvish",
    ),
    command("help", "显示一个命令的说明", "Shows the help of a command"),
    valued("help", "command", ("命令", "COMMAND"), "命令的名字", "The command's name"),
];

/// Finds the words of a command (`argument` empty) or of one of its arguments.
pub(super) fn find(command: &str, argument: &str) -> Option<&'static Words> {
    WORDS.iter().find(|words| words.command == command && words.argument == argument)
}

/// Returns one side of a pair.
pub(super) fn in_lang((zh, en): Pair, lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}
