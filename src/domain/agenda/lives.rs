//! The life of each thing that can wait: its states that are not an end, who must act in them, by when, which command
//! settles them, and where it goes next. `docs/agenda.md` shows this table; a test compares them.

use super::item::ItemKind;

/// A state in which something waits for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Life {
    /// What waits.
    pub thing: &'static str,
    /// In which state.
    pub state: &'static str,
    /// As what it stands on the agenda.
    pub kind: ItemKind,
    /// Who must act.
    pub who: &'static str,
    /// The setting of the days (or months) until it is due; `None` where it is due at once, or by a day of its own.
    pub setting: Option<&'static str>,
    /// By when.
    pub due: &'static str,
    /// How the command begins that settles it.
    pub command: &'static str,
    /// Its states from there, each with what waits then; `end` where nothing does.
    pub next: &'static [&'static str],
}

macro_rules! lives {
    ($($thing:literal, $state:literal: $kind:ident, $who:literal, $setting:expr, $due:literal, $command:literal => $($next:literal),+;)+) => {
        &[$(Life {
            thing: $thing,
            state: $state,
            kind: ItemKind::$kind,
            who: $who,
            setting: $setting,
            due: $due,
            command: $command,
            next: &[$($next),+],
        }),+]
    };
}

/// Every state of everything that can wait.
#[rustfmt::skip]
pub const LIVES: &[Life] = lives! {
    "ask", "asked": PendingTap, "who asked", Some("answer.days"), "after the ask", "outcome" => "ask accepted", "ask completed", "end";
    "ask", "accepted": AcceptedTap, "owner", Some("accepted.days"), "after the yes, or the day agreed upon", "outcome" => "ask completed", "request reopened", "end";
    "ask", "completed": ThankYou, "owner", Some("thanks.days"), "after it was completed", "touch" => "end";
    "result", "to be shared": Results, "owner", Some("results.days"), "after the ask was completed", "touch" => "end";
    "low rating", "not talked about": LowRating, "owner", None, "the day of the rating", "touch" => "end";
    "asset", "missing": AssetMissing, "owner", Some("asset-missing.days"), "after the ask was completed", "asset add" => "asset in the making", "end";
    "asset", "in the making": Asset, "owner", Some("asset.days"), "after its last step", "asset edit" => "asset in the making", "asset published", "permission missing", "end";
    "asset", "published": Publication, "owner", Some("results.days"), "after it was published", "touch" => "end";
    "permission", "missing": Permission, "owner", None, "the day on which the asset was approved or published", "asset edit" => "permission ending", "end";
    "permission", "ending": Permission, "owner", Some("permission.days"), "listed so long before its last day", "asset edit" => "permission ending", "end";
    "request", "open": Request, "who runs the program", Some("request.days"), "needed-by, or so long after it was opened", "tap, request fill, request close" => "request asked for", "end";
    "request", "asked for": Request, "who asked", Some("answer.days"), "after the ask; the day after the last one of a hold", "tap, request fill, request close" => "request asked for", "request open", "end";
    "request", "reopened": Request, "who runs the program", None, "the day on which its supplier was lost", "tap, request fill, request close" => "request asked for", "end";
    "request", "of a closed deal": Request, "who runs the program", None, "the day on which the deal closed", "request close" => "end";
    "hold", "placed": Hold, "who placed it", None, "its last day", "tap, release" => "ask asked", "request open";
    "nomination", "waiting": Nomination, "who runs the program", Some("nomination.days"), "after the nomination", "nominations accept" => "nomination accepted", "end";
    "nomination", "accepted": Invite, "owner", Some("invite.days"), "after that was decided", "invite" => "invitation sent", "end";
    "invitation", "sent": Invitation, "owner", Some("invitation.days"), "after the invitation", "decline" => "contact kept", "end";
    "pause", "with an end": PauseEnds, "owner", None, "the day on which they are back", "resume" => "contact kept";
    "pause", "without an end": OpenPause, "owner", Some("pause.days"), "after it began, or after the last touch", "touch" => "pause without an end", "contact kept", "end";
    "score", "fallen": ScoreDrop, "owner", None, "the day of the answer", "touch" => "end";
    "move", "not verified": Verify, "owner", None, "the day of the move", "verify" => "verification kept";
    "verification", "kept": Verify, "owner", Some("verify.months"), "after the last one", "verify" => "verification kept", "end";
    "contact", "kept": CheckIn, "owner", Some("check-in.days"), "after the last touch", "touch" => "contact kept", "pause with an end", "pause without an end", "end";
};

impl Life {
    /// The row of the table in the page.
    pub fn row(&self) -> String {
        let due = match self.setting {
            Some(setting) => format!("`{setting}` {}", self.due),
            None => self.due.to_owned(),
        };
        let commands = self.command.split(", ");
        let commands: Vec<String> = commands.map(|one| format!("`{one}`")).collect();
        format!(
            "| {} | {} | `{}` | {} | {due} | {} | {} |",
            self.thing,
            self.state,
            self.kind,
            self.who,
            commands.join(", "),
            self.next.join(", "),
        )
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::policy::Policy;

    #[test]
    fn every_kind_is_a_state_of_something_and_every_way_leads_to_a_state() {
        let kinds: BTreeSet<ItemKind> = LIVES.iter().map(|one| one.kind).collect();
        assert!(kinds.into_iter().eq(ItemKind::ALL));
        let states = LIVES
            .iter()
            .map(|one| format!("{} {}", one.thing, one.state));
        let states: Vec<String> = states.collect();
        assert_eq!(states.iter().collect::<BTreeSet<_>>().len(), states.len());
        for one in LIVES {
            for next in one.next {
                assert!(
                    *next == "end" || states.iter().any(|state| state == next),
                    "{next}"
                );
            }
            if let Some(key) = one.setting {
                assert!(Policy::default().setting(key).is_some(), "{key}");
            }
        }
    }
}
