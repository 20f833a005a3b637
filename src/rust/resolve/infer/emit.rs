//! References of the model for the names behind dots.

use super::{
    super::{
        ids::InstanceId,
        model::{Named, ResolvedReference, UnresolvedPath},
        references::{Resolutions, Unfinished},
    },
    inference::Inference,
    sites::{Site, Target, Why},
};
use crate::{
    base::context::Context,
    graph::unresolved::Cause,
    rust::facts::code::{Expr, MemberId, Pat},
};

/// Writes the sites of a body, and removes them.
pub fn emit(inference: &mut Inference<'_>, found: &mut Resolutions) {
    let sites = std::mem::take(&mut inference.sites);
    if sites.iter().any(|site| matches!(site.target, Target::Defined { .. })) {
        inference.origins.sort_unstable_by_key(|&(id, _)| id);
    }
    for site in &sites {
        inference.seen[site.member.index()] = true;
        emit_one(inference, site, found);
    }
}

/// Writes the names that no body led to as unknown: those of code that nests too deeply, and of code
/// outside of bodies.
pub fn emit_rest(inference: &Inference<'_>, instance: InstanceId, found: &mut Resolutions) {
    if inference.seen.iter().all(|&seen| seen) {
        return;
    }
    let code = inference.world.code(instance);
    let mut rest = |member: MemberId, is_field: bool| {
        if !inference.seen[member.index()] {
            let scope = inference.world.tables.instances[instance].scopes[0];
            let target = Target::Unknown(Why::Receiver);
            let site = Site { member, scope, is_field, target, receiver: None, owner: None };
            emit_one(inference, &site, found);
        }
    };
    for expr in &code.exprs {
        match *expr {
            Expr::Method { member, .. } => rest(member, false),
            Expr::Field { member, .. } => rest(member, true),
            Expr::Struct { fields, .. } => code.values(fields).for_each(|field| rest(field.member, true)),
            _ => {}
        }
    }
    for pat in &code.pats {
        if let Pat::Struct { fields, .. } = *pat {
            code.values(fields).for_each(|field| rest(field.member, true));
        }
    }
}

fn emit_one(inference: &Inference<'_>, site: &Site, found: &mut Resolutions) {
    let (tables, instance) = (inference.world.tables, inference.place.instance);
    let of = &tables.instances[instance];
    let member = &of.facts.code.members[site.member];
    if member.span.is_nowhere() {
        // The name stands in the definition of a macro, which is no part of the module.
        return;
    }
    let cfg = of.cfgs[member.condition.index()];
    let is_left_out =
        tables.conditions.is_never(cfg) || tables.leave_tests_out && tables.conditions.is_test(cfg);
    if is_left_out {
        return;
    }
    let members = &mut found.counts.members;
    let counts = if site.is_field { &mut members.fields } else { &mut members.methods };
    let from = tables.scopes[site.scope].module;
    let (defined, named) = match site.target {
        Target::Defined { module, named, .. } => {
            counts.resolved += 1;
            (module, named)
        }
        Target::External => {
            counts.external += 1;
            return;
        }
        Target::Unknown(why) => {
            counts.unknown += 1;
            let cause = match why {
                Why::Receiver => Cause::UnknownReceiver,
                Why::Several => Cause::SeveralCandidates,
                Why::Missing => Cause::NoCandidate,
            };
            let path = format!(".{}", of.facts.names.text(member.name));
            let (file, span) = (of.file, member.span);
            found.unknown.push(UnresolvedPath { file, span, path, cause, module: from, missing: None });
            return;
        }
    };
    let carrier = tables.crates[of.krate].carrier;
    let from = carrier.unwrap_or(from);
    if defined == from {
        return;
    }
    let context = match (carrier, site.is_field) {
        (Some(_), _) => Context::Doctest,
        (None, true) => Context::Field,
        (None, false) => Context::Method,
    };
    let reference = ResolvedReference {
        from,
        defined: Named::Module(defined),
        named: named.or(Some(defined)),
        item: tables.name(instance, member.name),
        file: of.file,
        span: member.span,
        context,
        cfg,
        chain: None,
        unresolved: None,
        definition: None,
        inference: None,
    };
    let inference = inference.explain(site).map(Box::new);
    found.push(reference, Unfinished { inference, ..Unfinished::of(instance) });
}
