//! The library comes into the program: reviews by import, everything else by hand.

use super::super::cast::ROLES;
use super::super::plan::Plan;
use super::super::words::{address, pick};
use super::library::{Opinion, PIECES, Piece, QUOTED, REVIEWS, TOUCHED};
use super::{Asset, Step};
use crate::commands::asset::blank;
use crate::domain::asset::{AssetKind, AssetStatus};

impl Plan<'_> {
    /// Adds the assets, the deals that they were used in, and the uses.
    pub(super) fn add_library(&mut self) {
        let deals = TOUCHED.map(|(industry, fate)| self.add_deal(industry, fate));
        for (index, opinion) in REVIEWS.iter().enumerate() {
            let title = self
                .words
                .review_titles
                .get(index)
                .copied()
                .unwrap_or("A review");
            let asset = self.add_review(opinion, title);
            if index == QUOTED.0 {
                self.use_asset(asset, QUOTED.1, &deals);
            }
        }
        for piece in PIECES {
            let asset = self.add_piece(piece);
            self.use_asset(asset, piece.uses, &deals);
        }
    }

    fn add_review(&mut self, (ago, platform, stars, author): &Opinion, title: &str) -> usize {
        let person = author.and_then(|name| ROLES.iter().position(|role| role.name == name));
        let industries = &self.words.industries;
        let some = industries[self.rng.usize(1..industries.len())].0;
        let (industry, reviewer) = match person {
            Some(person) => {
                let account = &self.accounts[self.people[person].account];
                (account.industry, self.people[person].name.clone())
            }
            None => (some, format!("Verified user in {some}")),
        };
        let (index, folder) = (self.demand.assets.len(), address(platform, "-"));
        let mut words = blank(AssetKind::Review, title);
        words.url = Some(format!("https://{folder}.example/reviews/{}", 8101 + index));
        words.platform = Some((*platform).to_owned());
        words.external_key = Some(format!("{folder}:{}", 8101 + index));
        words.rating_tenths = Some(*stars);
        words.industry = Some(industry.to_owned());
        words.product = Some(pick(&self.words.products, &mut self.rng).to_owned());
        words.reviewer = Some(reviewer);
        self.demand.assets.push(Asset { words, person });
        let on = self.day(*ago);
        let command = format!("advocate import reviews {folder}-{on}.csv");
        let status = AssetStatus::Published;
        self.typed(
            (*ago, 4),
            "cron",
            command,
            Step::Asset {
                asset: index,
                status,
            },
        );
        index
    }

    fn add_piece(&mut self, piece: &Piece) -> usize {
        let asset = self.demand.assets.len();
        let mut words = blank(piece.kind, piece.title);
        words.industry = Some(piece.industry.to_owned());
        words.product = Some(pick(&self.words.products, &mut self.rng).to_owned());
        let places = self.accounts.iter();
        let mut places = places.filter(|one| one.industry == piece.industry && !one.state.red);
        words.company = places.next().map(|one| one.name.clone());
        if let Some((shown, ago)) = piece.permission {
            words.permission = Some(shown.to_owned());
            words.permission_until = Some(self.day(ago));
        }
        let (_, reached) = piece
            .course
            .last()
            .copied()
            .unwrap_or((1, AssetStatus::Asked));
        if reached >= AssetStatus::Published {
            let path = address(piece.title, "-");
            words.url = Some(format!("https://our-customers.example/{path}"));
        }
        let person = None;
        self.demand.assets.push(Asset { words, person });
        let by = pick(&self.words.owners, &mut self.rng);
        for (turn, (ago, status)) in piece.course.iter().enumerate() {
            let command = match turn {
                0 => format!("advocate asset add {} {:?}", piece.kind, piece.title),
                _ => format!("advocate asset edit {{asset}} --status {status}"),
            };
            let status = *status;
            self.typed((*ago, 10), by, command, Step::Asset { asset, status });
        }
        asset
    }

    fn use_asset(&mut self, asset: usize, uses: &[(usize, i64)], deals: &[usize]) {
        for (place, ago) in uses {
            let by = pick(&self.words.sellers, &mut self.rng);
            let deal = deals[*place];
            let command = format!("advocate asset use {{asset}} --deal OPP-{}", 3001 + deal);
            self.typed((*ago, 13), by, command, Step::Used { asset, deal, by });
        }
    }
}
