//! `policy targets set` and `policy targets list`: how many advocates there should be.

use super::{Context, Done, Failure, names};
use crate::cli::{AsOf, TargetsSetArgs};
use crate::domain::targets;
use crate::output::{Column, Record, Sheet};

pub(super) fn set(args: &TargetsSetArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let (industry, old, today) = context.write(|writing, present| {
        let mut policy = present.policy.clone();
        let industry = names::industry(writing, &policy, &args.industry)?.name;
        let key = targets::key(&industry, args.ask);
        let old = policy.setting(&key);
        let new = policy
            .set(&key, &args.number.to_string())
            .map_err(Failure::usage)?;
        writing.put_setting(&key, &new)?;
        Ok((industry, old, present.today))
    })?;
    let record = Record::new()
        .with("industry", "Industry", industry)
        .with("ask", "Ask", args.ask.name())
        .with("target", "Target", args.number)
        .with(
            "old_target",
            "Before",
            old.and_then(|old| old.parse::<i64>().ok()),
        )
        .say("How far it is met: advocate report coverage");
    context.show("policy-targets-set/1", today, record)?;
    Ok(Done::Fully)
}

pub(super) fn list(as_of: AsOf, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let present = context.read(as_of.as_of, |_, present| Ok(present.clone()))?;
    let mut sheet = Sheet::new(vec![
        Column::left("industry", "Industry"),
        Column::left("ask", "Ask"),
        Column::right("target", "Target"),
    ])
    .empty("No targets. Set one with: advocate policy targets set healthcare reference 5");
    let set = present.policy.targets.iter();
    for ((industry, ask), number) in set.filter(|(_, number)| **number > 0) {
        sheet.push(vec![
            industry.as_str().into(),
            ask.name().into(),
            (*number).into(),
        ]);
    }
    context.show("policy-targets/1", present.today, sheet)?;
    Ok(Done::Fully)
}
