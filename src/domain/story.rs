//! What a period comes to in a sentence, and whether a figure has become better (`docs/qbr.md`, the story). Pure:
//! figures in, words out.

use super::fill::FILL_TARGET;
use super::rate::Rate;

/// Which way a figure is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Good {
    /// The more the better.
    More,
    /// The less the better.
    Less,
    /// Neither way.
    #[default]
    Neither,
}

/// What has become of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is better than before.
    Better,
    /// It is worse than before.
    Worse,
    /// It is as it was.
    AsBefore,
    /// It rests on fewer than five cases, now or before.
    TooFew,
}

impl Verdict {
    /// What has become of a figure that was changed by so much, as it is shown; nothing where that is not known, or no
    /// way is good.
    pub fn of(by: Option<f64>, good: Good, few: bool) -> Option<Self> {
        let by = by?;
        let better = match good {
            Good::More => by > 0.0,
            Good::Less => by < 0.0,
            Good::Neither => return None,
        };
        Some(match () {
            () if few => Verdict::TooFew,
            () if by == 0.0 => Verdict::AsBefore,
            () if better => Verdict::Better,
            () => Verdict::Worse,
        })
    }

    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::Better => "better",
            Verdict::Worse => "worse",
            Verdict::AsBefore => "as before",
            Verdict::TooFew => "too few to say",
        }
    }
}

/// What a story is told from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Told {
    /// Won deals that advocates touched, a currency each, the largest first: what they are worth in words, now and
    /// before, in its smallest unit.
    pub won: Vec<Won>,
    /// The name of the period before.
    pub before: String,
    /// Requests filled, of those that count.
    pub fill: Rate,
    /// Asks over a cap.
    pub over_cap: u64,
    /// Asks in all.
    pub asks: u64,
    /// Advocates.
    pub pool: u64,
    /// Candidates who wait to be confirmed.
    pub candidates: u64,
}

/// What won deals of a currency are worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Won {
    /// The amount in words, such as `EUR 274k`.
    pub words: String,
    /// The amount.
    pub now: i64,
    /// The amount of the period before.
    pub before: i64,
}

/// How many currencies a sentence names.
const NAMED: usize = 2;

/// The period in a sentence or two: what it was worth, and where it is weak.
pub fn story(told: &Told) -> String {
    let first = worth(told);
    match weak_spot(told) {
        Some(weak) => format!("{first} {weak}"),
        None => first,
    }
}

fn worth(told: &Told) -> String {
    let won: Vec<&Won> = told.won.iter().filter(|won| won.now > 0).collect();
    let earned = told.won.iter().any(|won| won.before > 0);
    match () {
        () if !won.is_empty() => {
            let amounts: Vec<&str> = won
                .iter()
                .take(NAMED)
                .map(|won| won.words.as_str())
                .collect();
            let more = match won.len().saturating_sub(NAMED) {
                0 => String::new(),
                1 => " (and of 1 more currency)".to_owned(),
                more => format!(" (and of {more} more currencies)"),
            };
            let beside = beside(told);
            format!(
                "{} of won deals{more} were touched by advocates{beside}.",
                amounts.join(" and ")
            )
        }
        () if earned => format!(
            "No won deal was touched by an advocate; in {} some were.",
            told.before
        ),
        () if told.pool > 0 => {
            let advocates = counted(told.pool, "advocate is", "advocates are");
            format!("{advocates} in the program, and no won deal was touched by one yet.")
        }
        () => first_step(told.candidates),
    }
}

/// What to do first where nobody is an advocate yet.
pub fn first_step(candidates: u64) -> String {
    match candidates {
        0 => "Nobody is on record yet: import the first survey.".to_owned(),
        1 => "Nobody is an advocate yet, and 1 candidate waits: confirm them.".to_owned(),
        many => {
            format!("Nobody is an advocate yet, and {many} candidates wait: confirm the first.")
        }
    }
}

/// How that is beside the period before; nothing where the currencies disagree or there was no such period.
fn beside(told: &Told) -> String {
    let ways: Vec<std::cmp::Ordering> = told
        .won
        .iter()
        .map(|won| won.now.cmp(&won.before))
        .collect();
    let all = |way| {
        ways.iter()
            .all(|one| *one == way || *one == std::cmp::Ordering::Equal)
    };
    match () {
        () if told.before.is_empty() => String::new(),
        () if all(std::cmp::Ordering::Equal) => format!(", as in {}", told.before),
        () if all(std::cmp::Ordering::Greater) => format!(", above {}", told.before),
        () if all(std::cmp::Ordering::Less) => format!(", below {}", told.before),
        () => format!(
            ", more in some currencies and less in others than in {}",
            told.before
        ),
    }
}

fn weak_spot(told: &Told) -> Option<String> {
    let fill = told.fill;
    if told.over_cap > 0 {
        let asks = counted(told.asks, "ask", "asks");
        return Some(format!(
            "Weak spot: {} of {asks} broke the promise not to over-ask.",
            told.over_cap
        ));
    }
    (!fill.is_small() && fill.is_below(FILL_TARGET)).then(|| {
        let share = share(fill);
        let (filled, of) = (fill.numerator, fill.denominator);
        format!("Weak spot: {share} of the requests were filled ({filled} of {of}); the target is {FILL_TARGET} %.")
    })
}

/// What a figure that is followed comes to: the title of its picture. `now` and `before` are values in words, `by` is
/// what it has become between them; nothing where the period is not over and the figure still grows.
pub fn finding(what: &str, now: &str, before: (&str, &str), by: Option<f64>, few: bool) -> String {
    let (name, value) = before;
    match by {
        _ if now.is_empty() => format!("{what}: nothing to measure yet"),
        _ if few => format!("{what}: {now}, too few to say more"),
        None => format!("{what}: {now}"),
        Some(0.0) => format!("{what}: {now}, as in {name}"),
        Some(by) if by > 0.0 => format!("{what}: {now}, up from {value} in {name}"),
        Some(_) => format!("{what}: {now}, down from {value} in {name}"),
    }
}

/// A share in a word or two, within five points of what it is.
pub fn share(rate: Rate) -> String {
    let percent = (100.0 * rate.value().unwrap_or_default()).round() as i64;
    let known = [
        (0, "none"),
        (25, "a quarter"),
        (33, "a third"),
        (50, "half"),
        (67, "two thirds"),
        (75, "three quarters"),
        (100, "all"),
    ];
    let near = known.iter().find(|(at, _)| match at {
        0 | 100 => percent == *at,
        at => (percent - at).abs() <= 3,
    });
    near.map_or_else(|| format!("{percent} %"), |(_, words)| (*words).to_owned())
}

fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn won(words: &str, now: i64, before: i64) -> Won {
        Won {
            words: words.to_owned(),
            now,
            before,
        }
    }

    fn told(won: Vec<Won>, fill: (u64, u64), over_cap: u64) -> Told {
        Told {
            won,
            before: "Q3".to_owned(),
            fill: Rate::new(fill.0, fill.1),
            over_cap,
            asks: 22,
            pool: 45,
            candidates: 138,
        }
    }

    #[test]
    fn a_period_in_a_sentence() {
        let (eur, usd) = (won("EUR 274k", 274, 10), won("USD 279k", 279, 20));
        let half = "Weak spot: half of the requests were filled (4 of 8); the target is 70 %.";
        for (told, said) in [
            (
                told(vec![eur.clone(), usd.clone()], (4, 8), 0),
                format!("EUR 274k and USD 279k of won deals were touched by advocates, above Q3. {half}"),
            ),
            (
                told(vec![eur.clone(), won("USD 1k", 1, 2), won("CHF 1k", 1, 1)], (0, 4), 0),
                "EUR 274k and USD 1k of won deals (and of 1 more currency) were touched by advocates, more in some \
                 currencies and less in others than in Q3."
                    .to_owned(),
            ),
            (
                told(vec![won("EUR 5k", 5, 5)], (7, 10), 2),
                "EUR 5k of won deals were touched by advocates, as in Q3. Weak spot: 2 of 22 asks broke the promise \
                 not to over-ask."
                    .to_owned(),
            ),
            (
                told(vec![won("EUR 0", 0, 5)], (7, 10), 0),
                "No won deal was touched by an advocate; in Q3 some were.".to_owned(),
            ),
            (
                told(vec![], (0, 0), 0),
                "45 advocates are in the program, and no won deal was touched by one yet.".to_owned(),
            ),
            (
                Told { candidates: 25, ..Told::default() },
                "Nobody is an advocate yet, and 25 candidates wait: confirm the first.".to_owned(),
            ),
            (Told::default(), "Nobody is on record yet: import the first survey.".to_owned()),
        ] {
            assert_eq!(story(&told), said);
        }
    }

    #[test]
    fn a_picture_says_what_it_comes_to() {
        let before = ("Q3 2026", "64 %");
        for (now, by, few, said) in [
            (
                "71 %",
                Some(7.0),
                false,
                "Fill: 71 %, up from 64 % in Q3 2026",
            ),
            (
                "57 %",
                Some(-7.0),
                false,
                "Fill: 57 %, down from 64 % in Q3 2026",
            ),
            ("64 %", Some(0.0), false, "Fill: 64 %, as in Q3 2026"),
            ("67 %", Some(3.0), true, "Fill: 67 %, too few to say more"),
            ("22 so far", None, false, "Fill: 22 so far"),
            ("", None, false, "Fill: nothing to measure yet"),
        ] {
            assert_eq!(finding("Fill", now, before, by, few), said);
        }
    }

    #[test]
    fn each_figure_knows_which_way_is_good() {
        for (by, good, few, verdict) in [
            (Some(1.0), Good::More, false, Some(Verdict::Better)),
            (Some(-1.0), Good::More, false, Some(Verdict::Worse)),
            (Some(-1.0), Good::Less, false, Some(Verdict::Better)),
            (Some(1.0), Good::Less, false, Some(Verdict::Worse)),
            (Some(0.0), Good::Less, false, Some(Verdict::AsBefore)),
            (Some(1.0), Good::More, true, Some(Verdict::TooFew)),
            (Some(1.0), Good::Neither, false, None),
            (None, Good::More, false, None),
        ] {
            assert_eq!(Verdict::of(by, good, few), verdict, "{by:?} {good:?}");
        }
    }

    #[test]
    fn shares_are_said_in_words_where_they_are_near_one() {
        for (part, whole, said) in [
            (0, 5, "none"),
            (1, 4, "a quarter"),
            (4, 8, "half"),
            (52, 100, "half"),
            (6, 9, "two thirds"),
            (3, 5, "60 %"),
            (1, 99, "1 %"),
            (9, 9, "all"),
        ] {
            assert_eq!(share(Rate::new(part, whole)), said, "{part}/{whole}");
        }
    }
}
