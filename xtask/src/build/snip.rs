//! Takes out of the module what can never run but what no compiler can tell.
//!
//! A type-erased view of Leptos carries a pointer to each way of hydrating it. The one called `hydrate_async` serves
//! applications that load their routes lazily, which this one does not; since the pointers are data, the linker keeps the
//! functions behind them, a seventh of the module. Their bodies are replaced by a trap, and what only they needed goes
//! away with `wasm-opt`. Should one of them ever run, the page stops with an error that the browser tests notice.

use std::path::Path;

use anyhow::{Context as _, anyhow};
use walrus::{FunctionBuilder, FunctionId, FunctionKind, Module};

/// The name of the function that cannot run; its steps are closures in it.
const UNUSED: &str = "::hydrate_async";

/// Writes the module at `from` without the bodies of the unused functions to `to`.
pub(super) fn without_unused_hydration(from: &Path, to: &Path) -> anyhow::Result<()> {
    let mut module =
        Module::from_file(from).map_err(|error| anyhow!("{} cannot be read: {error:#}", from.display()))?;
    let unused: Vec<FunctionId> = module
        .funcs
        .iter_local()
        .filter(|(id, _)| {
            let name = module.funcs.get(*id).name.as_deref();
            name.is_some_and(is_unused)
        })
        .map(|(id, _)| id)
        .collect();
    for function in unused {
        trap(&mut module, function);
    }
    module
        .emit_wasm_file(to)
        .map_err(|error| anyhow!("{error:#}"))
        .with_context(|| format!("{} cannot be written", to.display()))
}

/// Whether the function of that symbol is the unused one or a step of it. That its name stands somewhere in the symbol is
/// not enough: the linker makes one function of those that are alike, such as what drops two types.
fn is_unused(symbol: &str) -> bool {
    let name = format!("{:#}", rustc_demangle::demangle(symbol));
    let mut path = name.as_str();
    while let Some((before, _)) = path
        .rsplit_once("::{closure#")
        .filter(|(_, number)| number.ends_with('}'))
    {
        path = before;
    }
    path.ends_with(UNUSED)
}

/// Replaces the body of a function by a trap.
fn trap(module: &mut Module, function: FunctionId) {
    let kind = module.funcs.get(function).ty();
    let (parameters, results) = module.types.params_results(kind);
    let (parameters, results) = (parameters.to_vec(), results.to_vec());
    let arguments = parameters.iter().map(|kind| module.locals.add(*kind)).collect();
    let mut builder = FunctionBuilder::new(&mut module.types, &parameters, &results);
    builder.func_body().unreachable();
    module.funcs.get_mut(function).kind = FunctionKind::Local(builder.local_func(arguments));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_function_itself_and_its_steps_are_unused() {
        assert!(is_unused("<app::View as tachys::view::RenderHtml>::hydrate_async"));
        assert!(is_unused(
            "<app::View as tachys::view::RenderHtml>::hydrate_async::{closure#0}::{closure#12}"
        ));
        assert!(!is_unused(
            "core::ptr::drop_in_place::<<app::View as RenderHtml>::hydrate_async::{closure#0}>"
        ));
        assert!(!is_unused("<app::View as tachys::view::RenderHtml>::hydrate"));
        assert!(!is_unused(
            "<app::View as tachys::view::RenderHtml>::build::{closure#0}"
        ));
    }
}
