//! References of the model for the names behind dots.

use super::{
    super::{
        ids::{CfgId, InstanceId, ModuleId},
        model::{Named, ResolvedReference, UnresolvedPath},
        references::{Resolutions, Unfinished},
        tables::Tables,
    },
    inference::Inference,
    sites::{Site, Target, Why},
};
use crate::{
    base::context::Context,
    graph::unresolved::Cause,
    rust::facts::code::{Expr, MemberId, MemberName, Pat},
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

/// Writes the names of an instance that were not `seen` as unknown: those of code that nests too
/// deeply, and of code outside of bodies.
pub fn emit_rest(tables: &Tables, instance: InstanceId, seen: &[bool], found: &mut Resolutions) {
    if seen.iter().all(|&seen| seen) {
        return;
    }
    let code = &tables.instances[instance].facts.code;
    let module = tables.scopes[tables.instances[instance].scopes[0]].module;
    let mut rest = |member: MemberId, is_field: bool| {
        if !seen[member.index()] {
            unknown(tables, (instance, member, is_field), module, Why::Receiver, found);
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

/// A name with its condition; `None` for one that does not count: it stands in the definition of a
/// macro, which is no part of the module, in the arguments of a macro in code, which are read at the
/// invocation, or in code that is left out.
fn counted(tables: &Tables, instance: InstanceId, member: MemberId) -> Option<(&MemberName, CfgId)> {
    let of = &tables.instances[instance];
    let member = &of.facts.code.members[member];
    let cfg = of.cfgs[member.condition.index()];
    let is_test = || tables.leave_tests_out && tables.conditions.is_test(cfg);
    let is_elsewhere = member.span.is_nowhere() || of.invoker.is_some();
    let is_left_out = is_elsewhere || tables.conditions.is_never(cfg) || is_test();
    (!is_left_out).then_some((member, cfg))
}

fn unknown(
    tables: &Tables,
    (instance, member, is_field): (InstanceId, MemberId, bool),
    module: ModuleId,
    why: Why,
    found: &mut Resolutions,
) {
    let Some((member, _)) = counted(tables, instance, member) else { return };
    let members = &mut found.counts.members;
    let counts = if is_field { &mut members.fields } else { &mut members.methods };
    counts.unknown += 1;
    let cause = match why {
        Why::Receiver => Cause::UnknownReceiver,
        Why::Several => Cause::SeveralCandidates,
        Why::Missing => Cause::NoCandidate,
    };
    let of = &tables.instances[instance];
    let path = [".", of.facts.names.text(member.name)].concat();
    let (file, span) = (of.file, member.span);
    found.unknown.push(UnresolvedPath { file, span, path, cause, module, missing: None });
}

fn emit_one(inference: &Inference<'_>, site: &Site, found: &mut Resolutions) {
    let (tables, instance) = (inference.world.tables, inference.place.instance);
    let from = tables.scopes[site.scope].module;
    let Some((member, cfg)) = counted(tables, instance, site.member) else { return };
    let members = &mut found.counts.members;
    let counts = if site.is_field { &mut members.fields } else { &mut members.methods };
    let (module, named) = match site.target {
        Target::Defined { module, named, .. } => (module, named.or(Some(module))),
        Target::External => {
            counts.external += 1;
            return;
        }
        Target::Unknown(why) => {
            return unknown(tables, (instance, site.member, site.is_field), from, why, found);
        }
    };
    counts.resolved += 1;
    let of = &tables.instances[instance];
    let carrier = tables.crates[of.krate].carrier;
    let from = carrier.unwrap_or(from);
    if module == from {
        return;
    }
    let context = match (carrier, site.is_field) {
        (Some(_), _) => Context::Doctest,
        (None, true) => Context::Field,
        (None, false) => Context::Method,
    };
    let reference = ResolvedReference {
        from,
        defined: Named::Module(module),
        named,
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
