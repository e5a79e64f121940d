//! Random programs, with every command that writes.

use std::fmt::Write as _;

use chrono::{Days, NaiveDate};

use crate::answer;

const QUESTIONS: &[&str] = &[
    "list",
    "list --stage retired",
    "list --stage do-not-contact",
    "list --ask review --free-now --sort rested",
    "candidates",
    "taps",
    "match --ask review --why-not --explain --limit 20",
    "match --ask reference --why-not --industry healthcare --prospect P1",
    "match --ask speaking --why-not --region EMEA",
    "match --ask review --why-not --about word",
    "list --about word",
    "next --all",
    "agenda --days 30",
    "nominations --all",
    "signal list",
    "request list --all",
    "deal list",
    "asset list",
    "tier list",
    "tier list --tag champion",
    "notes",
    "notes --stage all --owner Dana",
    "tags",
    "account list",
    "account list --tag quiet --segment mid",
    "account show Acme",
    "list --tag speaker --score-from 9",
    "match --ask review --why-not --require tag:champion --tag speaker",
    "report coverage --period 2026-Q1 --by tag,ask --rows",
    "policy show",
    "policy menu",
    "policy budget",
    "policy targets",
    "report --period 2026",
    "report pool --period 2026 --rows --by industry --compare previous",
    "report activation --period last-90d --rows --by region",
    "report fill --period 2026 --rows --by ask",
    "report reviews --period 2026 --rows --compare 2026-Q1",
    "report influence --period 2026 --rows --by ask",
    "report acceptance --period 2026 --rows",
    "report load --period 2026 --rows --by owner",
    "report reciprocity --period 2026 --rows",
    "report nps --period 2026 --rows --by quarter",
    "report flywheel --period 2026 --rows --by industry",
    "report coverage --period 2026-Q1 --rows",
    "report nominations --period 2026 --rows",
    "report experience --period 2026 --rows",
    "report retention --period 2026 --rows --by industry",
];

/// A small generator of numbers: the same seed plays the same program.
pub(crate) struct Dice(u64);

impl Dice {
    /// The next number under `sides`.
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % sides as u64) as usize
    }

    fn one_of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.roll(all.len())]
    }
}

/// Names, and the accounts where they begin.
const PEOPLE: [(&str, &str); 7] = [
    ("ann", "Acme"),
    ("bob", "Acme"),
    ("cy", "Brook"),
    ("dee", "Brook"),
    ("eve", "Crane"),
    ("fay", "Crane"),
    ("gil", "Dune"),
];
const KINDS: [&str; 6] = [
    "review",
    "logo",
    "reference",
    "referral",
    "case-study",
    "speaking",
];
const OUTCOMES: [&str; 8] = [
    "accepted",
    "accepted",
    "completed",
    "completed",
    "declined",
    "no-reply",
    "no-show",
    "withdrawn",
];

/// A program, and the day on which it is.
pub(crate) struct World {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) today: NaiveDate,
    pub(crate) dice: Dice,
    known: Vec<usize>,
    /// How many of each there are.
    taps: usize,
    requests: usize,
    nominations: usize,
    deals: usize,
    assets: usize,
    files: usize,
    pub(crate) log: String,
}

impl World {
    pub(crate) fn new(seed: u64) -> Self {
        let mut world = Self {
            folder: tempfile::tempdir().unwrap(),
            today: "2026-01-05".parse().unwrap(),
            dice: Dice(seed),
            known: Vec::new(),
            taps: 0,
            requests: 0,
            nominations: 0,
            deals: 0,
            assets: 0,
            files: 0,
            log: String::new(),
        };
        world.act("init --time-zone UTC");
        world.act("policy set freshness off");
        for _ in 0..3 {
            world.meet();
        }
        for line in [
            "deal add D --prospect P1 --owner Dana --industry Retail --amount 50 --currency EUR --stage Prospecting \
             --opened 2026-01-01",
            "request open --ask reference --by Dana --deal 1 --needed-by 2026-02-01",
            "tap ann@acme.example --ask referral",
            "asset add A --kind review --person ann@acme.example --platform G2 --status published",
            "nominate ann@acme.example --by Dana --reason keen",
        ] {
            world.act(line);
        }
        world
    }

    pub(crate) fn at(&self, time: &str, line: &str) -> Result<String, (u8, String)> {
        let database = self.folder.path().join("program.db");
        let now = format!("{}T{time}Z", self.today);
        answer(&database, &now, line).map_err(|failure| (failure.exit_code(), failure.to_string()))
    }

    /// Does it, and says whether it was done; a refusal is an answer, too.
    pub(crate) fn act(&mut self, line: &str) -> bool {
        let done = self.at("09:00:00", line);
        let said = match &done {
            Ok(_) => String::new(),
            Err((code, said)) => format!("  # {code}: {said}"),
        };
        writeln!(self.log, "{} {line}{said}", self.today).unwrap();
        if let Err((code, _)) = done {
            assert!([1, 2, 3].contains(&code), "{}", self.log);
            return false;
        }
        let made = match line.split(' ').take(2).collect::<Vec<_>>()[..] {
            ["tap", _] | ["import", "taps"] => &mut self.taps,
            ["request", "open"] => &mut self.requests,
            ["nominate", _] => &mut self.nominations,
            ["deal", "add"] => &mut self.deals,
            ["asset", "add"] => &mut self.assets,
            _ => return true,
        };
        *made += 1;
        true
    }

    /// The number of one of the newer ones of several.
    fn number(&mut self, of: usize) -> usize {
        of.saturating_sub(self.dice.roll(of.clamp(1, 6))).max(1)
    }

    /// What is asked about a day in its last second.
    pub(crate) fn ask(&self, questions: &[String]) -> Vec<Result<String, (u8, String)>> {
        let ask = |question: &String| self.at("23:59:59", question);
        questions.iter().map(ask).collect()
    }

    fn who(&mut self) -> String {
        let at = self.dice.roll(self.known.len().max(1));
        let place = self.known.get(at).copied().unwrap_or_default();
        address(place)
    }

    /// The account of somebody who is known: whatever is new is described in full.
    fn account(&mut self) -> &'static str {
        let at = self.dice.roll(self.known.len().max(1));
        let place = self.known.get(at).copied().unwrap_or_default();
        PEOPLE[place].1
    }

    fn file(&mut self, text: &str) -> String {
        self.files += 1;
        let path = self.folder.path().join(format!("{}.csv", self.files));
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// What a day brings.
    pub(crate) fn live(&mut self) {
        if self.known.len() < PEOPLE.len() && self.dice.roll(3) == 0 {
            self.meet();
        }
        for _ in 0..4 + self.dice.roll(10) {
            let line = self.deed();
            self.act(&line);
        }
    }

    /// Somebody new, described in full.
    pub(crate) fn meet(&mut self) {
        let place = self.known.len();
        self.known.push(place);
        let (name, account) = PEOPLE[place];
        let industry = ["Healthcare", "Banking", "Retail", "Software"][place / 2];
        let described = format!(
            "--name {name} --title Head --persona buyer --language de --owner Dana --phone 030 --account {account} \
             --industry {industry} --segment large --region EMEA --country DE"
        );
        let line = match self.dice.roll(3) {
            0 => format!(
                "nominate {} --by Dana --reason keen {described}",
                address(place)
            ),
            _ => format!(
                "register {} --will {} {described}",
                address(place),
                KINDS.join(",")
            ),
        };
        self.act(&line);
        self.act(&format!("account edit {account} --phone 040"));
    }

    pub(crate) fn deed(&mut self) -> String {
        match self.dice.roll(13) {
            0..=2 => self.ask_or_answer(),
            3 => self.stand(),
            4 => self.demand(),
            5 => self.deal(),
            6 => self.library(),
            7 => self.goodwill(),
            8 => self.care(),
            9 => self.describe(),
            10 => self.policy(),
            11 => self.words(),
            _ => self.import(),
        }
    }

    fn ask_or_answer(&mut self) -> String {
        let who = self.who();
        let (kind, tap) = (self.dice.one_of(&KINDS), self.number(self.taps));
        let outcome = self.dice.one_of(&OUTCOMES);
        match self.dice.roll(8) {
            0 => format!("tap {who} --ask {kind}"),
            1 | 2 => format!("tap {who} --ask {kind} --override because"),
            3 => format!(
                "tap {who} --request {} --override because",
                self.number(self.requests)
            ),
            4 => {
                let company = self.dice.one_of(&["Newco", "Oldco", "Brook", "Dune"]);
                let deal = match self.dice.roll(2) {
                    0 => String::new(),
                    _ => format!(" --deal {}", self.number(self.deals)),
                };
                format!("outcome {tap} completed --introduced {company}{deal}")
            }
            5 => {
                let (own, prospect) = (self.dice.roll(5) + 1, self.dice.roll(5) + 1);
                format!("outcome {tap} completed --rating {own} --prospect-rating {prospect}")
            }
            _ => format!("outcome {tap} {outcome}"),
        }
    }

    fn stand(&mut self) -> String {
        let who = self.who();
        let later = self.today + Days::new(20);
        match self.dice.roll(10) {
            0 => format!("pause {who} --until {later}"),
            1 => format!("pause {who}"),
            2 | 3 => format!("resume {who}"),
            4 => format!("retire {who} --reason left"),
            5 => format!("invite {who}"),
            6 => format!("decline {who}"),
            7 => format!("verify {who} --still-willing"),
            8 if self.dice.roll(3) == 0 => format!("do-not-contact {who} --reason asked"),
            _ => format!(
                "register {who} --will {} --wont video",
                self.dice.one_of(&KINDS)
            ),
        }
    }

    fn demand(&mut self) -> String {
        let who = self.who();
        let (request, deal) = (self.number(self.requests), self.number(self.deals));
        let needed = self.today + Days::new(self.dice.roll(40) as u64);
        match self.dice.roll(8) {
            0 | 1 => {
                format!("request open --ask reference --by Dana --deal {deal} --needed-by {needed}")
            }
            2 => format!(
                "request open --ask {} --industry healthcare --wanted 2",
                self.dice.one_of(&KINDS)
            ),
            3 => format!("hold {who} --request {request}"),
            4 => format!("release {who} --request {request}"),
            5 => format!("request close {request} --unfilled all-resting"),
            6 => format!("request reopen {request} --reason again"),
            _ => format!("request fill {request} --hold"),
        }
    }

    fn deal(&mut self) -> String {
        let number = self.number(self.deals);
        let amount = self.dice.roll(900) + 1;
        let stage = self
            .dice
            .one_of(&["Prospecting", "Closed-Won", "Closed-Lost"]);
        let today = self.today;
        match self.dice.roll(4) {
            0 => {
                let n = self.deals + 1;
                format!(
                    "deal add D{n} --prospect P{n} --owner Dana --industry Retail --amount {amount} --currency EUR \
                     --stage Prospecting --opened {today}"
                )
            }
            1 => format!("deal edit {number} --amount {amount} --currency USD"),
            2 => format!("deal edit {number} --stage {stage} --closed {today}"),
            _ => format!("deal edit {number} --opened {}", today - Days::new(100)),
        }
    }

    fn library(&mut self) -> String {
        let who = self.who();
        let number = self.number(self.assets);
        let status = self
            .dice
            .one_of(&["drafting", "approved", "published", "expired"]);
        let kind = self.dice.one_of(&["review", "case-study", "video"]);
        match self.dice.roll(6) {
            0 | 1 => {
                format!(
                    "asset add A{} --kind {kind} --person {who} --platform G2",
                    self.assets + 1
                )
            }
            2 => format!("asset edit {number} --status {status}"),
            3 => format!(
                "asset edit {number} --permission name --permission-until {}",
                self.today + Days::new(60)
            ),
            4 => format!(
                "asset edit {number} --title B{} --platform Capterra --rating 4.5",
                self.dice.roll(9)
            ),
            _ => format!("asset use {number} --deal {}", self.number(self.deals)),
        }
    }

    /// Something that is put right.
    pub(crate) fn correction(&mut self) -> String {
        let (tap, request) = (self.number(self.taps), self.number(self.requests));
        let (deal, asset) = (self.number(self.deals), self.number(self.assets));
        let nomination = self.number(self.nominations);
        let fact = 1 + self.dice.roll(6);
        let outcome = self.dice.one_of(&OUTCOMES);
        let earlier = self.today - Days::new(self.dice.roll(9) as u64);
        let (account, other) = (self.account(), self.account());
        match self.dice.roll(19) {
            16 => format!("account merge {account} {other}"),
            17 => format!("notes edit {fact} word-again --on {earlier}"),
            18 => format!("notes remove {fact}"),
            0 | 1 => format!("outcome {tap} {outcome} --correct --reason typo"),
            2 => format!("outcome {tap} pending --correct"),
            3 => format!("taps edit {tap} --on {earlier} --reason late"),
            4 => format!("taps edit {tap} --ask review --by Omar --no-request"),
            5 => format!("touches edit {fact} --on {earlier}"),
            6 => format!("touches remove {fact}"),
            7 => format!("gives edit {fact} --cost free --no-tap"),
            8 => format!("gives remove {fact}"),
            9 => format!("signals edit {fact} --on {earlier} --note later"),
            10 => format!("signals remove {fact}"),
            11 => format!("nominations reopen {nomination}"),
            12 => format!("asset edit {asset} --take-back"),
            13 => format!("asset uses remove {fact}"),
            14 => format!("deal edit {deal} --currency USD"),
            _ => format!("request edit {request} --wanted 2 --clear deal --region EMEA"),
        }
    }

    fn goodwill(&mut self) -> String {
        let who = self.who();
        let account = self.account();
        let number = self.number(self.nominations);
        match self.dice.roll(6) {
            0 => format!("signal add {who} --kind community"),
            1 | 2 => format!("signal add --account {account} --kind expansion"),
            3 => format!("nominate {who} --by Dana --reason keen"),
            4 => format!("nominations accept {number}"),
            _ => format!("nominations decline {number} --reason full"),
        }
    }

    fn care(&mut self) -> String {
        let who = self.who();
        let tap = self.number(self.taps);
        match self.dice.roll(6) {
            0 => format!("touch {who} --kind check-in --answered"),
            1 => format!("touch {who} --kind thank-you --tap {tap}"),
            2 => format!("touch {who} --kind business-review --good"),
            3 => format!("give {who} --item swag --tap {tap}"),
            4 => format!("tier set {who} gold --reason loyal"),
            _ => format!("tier set {who} computed --reason over"),
        }
    }

    fn describe(&mut self) -> String {
        let who = self.who();
        let renewal = self.today + Days::new(self.dice.roll(120) as u64);
        let health = self.dice.one_of(&["green", "yellow", "red"]);
        match self.dice.roll(11) {
            0 | 1 => format!("edit {who} --health {health}"),
            9 => format!(
                "edit {who} --status {}",
                self.dice.one_of(&["churned", "customer"])
            ),
            2 => format!("edit {who} --renewal-on {renewal}"),
            3 => format!(
                "edit {who} --escalated {}",
                self.dice.one_of(&["yes", "no"])
            ),
            4 => format!(
                "edit {who} --industry {}",
                self.dice.one_of(&["Energy", "Media"])
            ),
            5 => format!("edit {who} --title Chief{} --owner Omar", self.dice.roll(9)),
            6 => format!(
                "edit {who} --region APAC --competitor P{}",
                self.number(self.requests)
            ),
            7 => format!("verify {who}"),
            8 => format!(
                "profile {who} --{} word-{}",
                self.dice.one_of(&["story", "interests", "avoid"]),
                self.dice.roll(9)
            ),
            _ => {
                let account = self.account();
                format!("move {who} --account {account} --no-repeat-customer")
            }
        }
    }

    /// Words that are kept about somebody or an account, and what describes an account.
    fn words(&mut self) -> String {
        let (who, account) = (self.who(), self.account());
        let tag = self.dice.one_of(&["champion", "speaker", "quiet"]);
        let number = self.dice.roll(9);
        match self.dice.roll(9) {
            0 => format!("note {who} word-{number}"),
            1 => format!("account note {account} word-{number}"),
            2 | 3 => format!("tag {who} +{tag}"),
            4 => format!("tag {who} --off {tag}"),
            5 => format!("account tag {account} +{tag}"),
            6 => format!("account tag {account} --off {tag}"),
            7 => format!("edit {who} --phone 030-{number}"),
            _ => format!("account edit {account} --phone 040-{number} --segment mid"),
        }
    }

    fn policy(&mut self) -> String {
        let number = self.dice.roll(4) + 1;
        match self.dice.roll(7) {
            0 => format!("policy set cap.low.months {number}"),
            1 => format!("policy set weight.rest {number}"),
            2 => format!("policy targets set healthcare reference {number}"),
            3 => "policy set exchange.into EUR".to_owned(),
            4 => format!("policy set exchange.rates USD=0.{number}"),
            5 => format!("policy set care.thanks.days {number}"),
            _ => format!("policy set proven {}", self.dice.one_of(&["on", "off"])),
        }
    }

    fn import(&mut self) -> String {
        let (who, today) = (self.who(), self.today);
        let (score, number) = (self.dice.roll(11), self.dice.roll(4) + 1);
        let (account, health) = (self.account(), self.dice.one_of(&["green", "red"]));
        // Never later than the one on record: a renewal that is learnt of later is dated when it was due.
        let first: NaiveDate = "2026-01-01".parse().unwrap();
        let renewal = first - Days::new(self.files as u64);
        match self.dice.roll(5) {
            0 | 1 => {
                let file = format!(
                    "id,email,score,comment,date,updated\n{number},{who},{score},hm,{today},{today}T08:00:00\n"
                );
                format!("import nps {}", self.file(&file))
            }
            2 => {
                let file =
                    format!("account name,health,renewal date\n{account},{health},{renewal}\n");
                format!("import accounts {}", self.file(&file))
            }
            3 => {
                let file = format!("email,kind,date\n{who},power-user,{today}\n");
                format!("import signals {}", self.file(&file))
            }
            _ => {
                let file = format!(
                    "email,ask,date,outcome,rating\n{who},review,{today},completed,{number}\n"
                );
                format!("import taps {}", self.file(&file))
            }
        }
    }

    /// Everything that is asked about a day.
    pub(crate) fn questions(&self) -> Vec<String> {
        let fixed = QUESTIONS.iter().map(|question| (*question).to_owned());
        let people = self.known.iter().map(|place| address(*place));
        let people = people.flat_map(|who| {
            ["show", "next", "tier show", "signal list", "taps"].map(|ask| format!("{ask} {who}"))
        });
        let numbered = (1..=4).flat_map(|number| {
            [
                "request show",
                "deal show",
                "asset show",
                "match --why-not --request",
            ]
            .map(|ask| format!("{ask} {number}"))
        });
        fixed.chain(people).chain(numbered).collect()
    }
}

fn address(place: usize) -> String {
    let (name, account) = PEOPLE[place];
    format!("{name}@{}.example", account.to_lowercase())
}
