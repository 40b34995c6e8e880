//! Chinese names and sentences from a small generator: varied enough to be like staff's own, the same on every run.

/// A source of numbers and sentences; the same seed gives the same ones.
pub struct Phrases(u64);

impl Phrases {
    /// Begins the sentences of one record: `kind` tells kinds apart, `number` the records of one kind.
    pub fn new(kind: &str, number: usize) -> Self {
        let seed = kind.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let mut phrases = Self((seed ^ (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)) | 1);
        phrases.next();
        phrases
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 >> 11
    }

    /// Returns a number under `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// Returns a number from `start` to `end`.
    pub fn between(&mut self, start: usize, end: usize) -> usize {
        start + self.below(end - start + 1)
    }

    /// Picks one.
    pub fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    /// Returns the name of something being done: `银发敲门行动`.
    pub fn activity(&mut self) -> String {
        format!("{}{}{}", self.pick(WHOSE), self.pick(WHAT), self.pick(FORM))
    }

    /// Returns a sentence.
    pub fn sentence(&mut self) -> String {
        let (number, share) = (self.between(3, 480), self.between(31, 97));
        match self.below(4) {
            0 => format!("{}{}{}，{}。", self.pick(WHO), self.pick(WHEN), self.pick(DID), self.pick(RESULT)),
            1 => format!(
                "{}，{}一共{}了{number}次，{}。",
                self.pick(WHEN),
                self.pick(WHO),
                self.pick(ACT),
                self.pick(RESULT)
            ),
            2 => format!(
                "问到“{}”，{share}%的居民说{}；{}{}。",
                self.pick(WHAT),
                self.pick(SAID),
                self.pick(WHO),
                self.pick(DID)
            ),
            _ => format!(
                "{}把{}交给{}，{}。",
                self.pick(WHO),
                self.pick(WHAT),
                self.pick(WHO),
                self.pick(RESULT)
            ),
        }
    }

    /// Returns a paragraph of `len` sentences.
    pub fn paragraph(&mut self, len: usize) -> String {
        (0..len).map(|_| self.sentence()).collect()
    }
}

/// Returns the name and the id of a place; no two numbers give the same ones.
pub fn place(number: usize) -> (String, String) {
    let parts = SYLLABLES.len();
    let mut digits = vec![number % parts, number / parts % parts];
    if number >= parts * parts {
        digits.push(number / parts / parts % parts);
    }
    let name = digits.iter().map(|at| SYLLABLES[*at].0).collect();
    let id: Vec<&str> = digits.iter().map(|at| SYLLABLES[*at].1).collect();
    (name, id.join("-"))
}

const SYLLABLES: &[(&str, &str)] = &[
    ("秋", "qiu"),
    ("浦", "pu"),
    ("东", "dong"),
    ("流", "liu"),
    ("尧", "yao"),
    ("舜", "shun"),
    ("菊", "ju"),
    ("香", "xiang"),
    ("桂", "gui"),
    ("园", "yuan"),
    ("荷", "he"),
    ("塘", "tang"),
    ("石", "shi"),
    ("桥", "qiao"),
    ("江", "jiang"),
    ("畔", "pan"),
    ("老", "lao"),
    ("街", "jie"),
    ("书", "shu"),
    ("里", "li"),
    ("平", "ping"),
    ("安", "an"),
    ("新", "xin"),
    ("城", "cheng"),
    ("南", "nan"),
    ("湖", "hu"),
    ("北", "bei"),
    ("门", "men"),
    ("西", "xi"),
    ("山", "shan"),
    ("云", "yun"),
    ("谷", "gu"),
    ("竹", "zhu"),
    ("林", "lin"),
    ("梅", "mei"),
    ("岭", "ling"),
    ("清", "qing"),
    ("泉", "quan"),
    ("和", "heping"),
    ("顺", "shunhe"),
];
const WHO: &[&str] = &[
    "社区大党委",
    "网格员",
    "楼栋长",
    "小区党支部",
    "物业公司",
    "业委会",
    "志愿服务队",
    "老党员",
    "退休教师",
    "共建单位",
    "快递小哥",
    "社区工作者",
    "居民议事会",
    "青年突击队",
    "巾帼志愿者",
    "片区民警",
    "家庭医生",
    "返乡大学生",
    "个体商户",
    "调解员",
];
const WHEN: &[&str] = &[
    "每周五下午",
    "入冬以后",
    "春节前后",
    "汛期里",
    "上个月",
    "暑假期间",
    "三个月下来",
    "一年来",
    "重阳节前",
    "开学第一周",
    "每天早晚两次",
    "逢集的日子",
    "从去年秋天起",
    "下雨天",
    "月底盘点时",
    "晚饭以后",
];
const DID: &[&str] = &[
    "挨家敲门问一遍",
    "把意见逐条写上公示栏",
    "带着工具上门修",
    "坐到一起把办法议定",
    "给独居老人送去热饭",
    "清出两车楼道杂物",
    "教老人用手机挂号",
    "把停车线重新画好",
    "为孩子们开了作业辅导",
    "调解了一起多年的邻里纠纷",
    "给路灯换上了新灯泡",
    "把闲置的门面改成了活动室",
    "跑了四个部门把证办下来",
    "认领了居民点的单",
    "在e站值了一整天班",
    "把台账重新核对了一遍",
];
const ACT: &[&str] = &[
    "上门走访",
    "开会商议",
    "接单办事",
    "组织活动",
    "巡查楼道",
    "陪同就医",
    "送餐到家",
    "调解矛盾",
    "回访居民",
    "义务维修",
];
const RESULT: &[&str] = &[
    "群众的难事有人管了",
    "电话打进来不再没人接",
    "街坊见面又开始打招呼",
    "办结的事项贴在公示栏上",
    "没有办成的也写明了原因",
    "老人说心里踏实多了",
    "小区的投诉少了一大半",
    "余下的事排进了下个月",
    "账目月月晒、笔笔清",
    "谁负责、哪天办完都写清楚",
    "年轻人也愿意来搭把手",
    "做法传到了邻近的社区",
    "居民给打了满分",
    "问题当天就有了回音",
    "一件件都对上了号",
];
const SAID: &[&str] = &[
    "比去年好",
    "用过，顺手",
    "还可以再多几次",
    "听说过，想试试",
    "邻居推荐来的",
    "字能再大一点就好",
    "时间要能固定下来",
];
const WHOSE: &[&str] = &[
    "银发",
    "红色",
    "邻里",
    "阳光",
    "暖心",
    "连心",
    "同心",
    "幸福",
    "家门口",
    "半小时",
    "一刻钟",
    "小板凳",
    "四点半",
    "周末",
    "夜间",
    "云上",
];
const WHAT: &[&str] = &[
    "敲门问安",
    "食堂",
    "议事",
    "停车",
    "垃圾分类",
    "飞线充电",
    "文化",
    "康养",
    "托管",
    "维修",
    "调解",
    "接送",
    "义诊",
    "普法",
    "防汛",
    "助餐",
    "代办",
    "阅读",
    "合唱",
    "技能",
];
const FORM: &[&str] = &[
    "行动",
    "驿站",
    "课堂",
    "联盟",
    "服务日",
    "大家谈",
    "积分制",
    "工作室",
    "共享圈",
    "接力",
    "清单",
    "计划",
];
