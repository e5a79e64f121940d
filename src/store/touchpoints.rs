//! Where advocacy touched a deal.

use super::{DealRow, ReferralRow, Result, TapRow, Tx};
use crate::domain::ask::AskKind;
use crate::domain::deal::DealStatus;
use crate::domain::ids::DealId;
use crate::domain::policy::Policy;
use crate::domain::present::Present;
use crate::domain::request;
use crate::domain::tap::Outcome;
use crate::domain::touchpoint::{DealFacts, TouchpointFacts, TouchpointKind};

impl DealRow {
    /// What the deal's stage comes to by the policy.
    pub(crate) fn status(&self, policy: &Policy) -> Option<DealStatus> {
        policy.deal_stages.status(self.words.stage.as_deref()?)
    }

    /// What the rules of influence look at.
    pub(crate) fn facts(&self, policy: &Policy) -> DealFacts {
        DealFacts {
            id: self.id,
            name: self.words.name.clone(),
            status: self.status(policy),
            amount: self.words.amount,
            opened_on: self.words.opened_on,
            closed_on: self.words.closed_on,
        }
    }
}

impl Tx<'_> {
    /// Everything that is linked to a deal: references and referrals made for a request of it, referrals that became it,
    /// and assets used in it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn touchpoints(&self, present: &Present) -> Result<Vec<TouchpointFacts>> {
        let referrals = self.referrals()?;
        let became_a_deal = |tap: &TapRow| {
            let mut all = referrals.iter();
            all.any(|referral| referral.tap == tap.id && referral.deal.is_some())
        };
        let mut found = Vec::new();
        for request in self.requests()? {
            let Some(deal) = request.deal else { continue };
            for tap in self.taps_for(request.id)? {
                if !became_a_deal(&tap) {
                    found.extend(self.ask_for_deal(&tap, deal, present)?);
                }
            }
        }
        let introduced = |referral| introduction(referral, present);
        found.extend(referrals.iter().filter_map(introduced));
        found.extend(self.asset_uses()?.into_iter().map(|used| TouchpointFacts {
            deal: used.deal,
            kind: TouchpointKind::AssetUse(used.kind),
            on: present.day(used.at),
            later: Vec::new(),
            completed: true,
            source: format!("asset {}", used.asset),
        }));
        Ok(found)
    }

    /// A reference counts on the days of the yes and of its completion, a referral on that of its completion; of what did
    /// not come about, the day of the ask is shown.
    fn ask_for_deal(
        &self,
        tap: &TapRow,
        deal: DealId,
        present: &Present,
    ) -> Result<Option<TouchpointFacts>> {
        let (kind, counts): (TouchpointKind, fn(Outcome) -> bool) = match tap.kind {
            AskKind::Reference => (TouchpointKind::Reference, request::supplies),
            AskKind::Referral => (TouchpointKind::Referral, |outcome| {
                outcome == Outcome::Completed
            }),
            _ => return Ok(None),
        };
        let completed = counts(tap.outcome);
        let outcomes = self.outcomes_of(tap.id)?.into_iter();
        let yes = outcomes.filter(|(outcome, _)| completed && counts(*outcome));
        let mut days = yes.map(|(_, at)| present.day(at));
        Ok(Some(TouchpointFacts {
            deal,
            kind,
            on: days.next().unwrap_or_else(|| present.day(tap.at)),
            later: days.collect(),
            completed,
            source: format!("tap {}", tap.id),
        }))
    }
}

fn introduction(referral: &ReferralRow, present: &Present) -> Option<TouchpointFacts> {
    Some(TouchpointFacts {
        deal: referral.deal?,
        kind: TouchpointKind::Referral,
        on: present.day(referral.at),
        later: Vec::new(),
        completed: true,
        source: format!("tap {}", referral.tap),
    })
}
