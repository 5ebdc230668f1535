//! Routes that are values instead of types, for a smaller module.
//!
//! Leptos' `<Route>` and `<ParentRoute>` make one type of the whole tree of routes, and what the router does to build, to
//! hydrate and to change what is shown is compiled again for each level and each alternative in it. Here a route is of
//! the same type whatever is below it, so all of that is compiled once. Patterns are written and match as with `path!`;
//! optional segments, which nothing here has, are left out.

use std::{borrow::Cow, sync::Arc};

use leptos_router::{
    ChooseView, GeneratedRouteData, MatchInterface, MatchNestedRoutes, MatchParams, Method, ParamSegment, PathSegment,
    PossibleRouteMatch, RouteMatchId, SsrMode, StaticSegment, WildcardSegment,
};

use crate::erase::Erased;

/// Names and values.
type Params = Vec<(Cow<'static, str>, String)>;

/// A page, or a layout around the routes below it.
pub(crate) struct PageRoute {
    id: RouteMatchId,
    pattern: &'static str,
    view: fn() -> Erased,
    /// A page has none.
    below: Vec<PageRoute>,
}

/// A page. Its pattern goes on from those of the layouts around it.
pub(crate) fn page(pattern: &'static str, view: fn() -> Erased) -> PageRoute {
    layout(pattern, view, Vec::new())
}

/// A layout, which stays while one of the routes `below` takes the place of another.
pub(crate) fn layout(pattern: &'static str, view: fn() -> Erased, below: Vec<PageRoute>) -> PageRoute {
    PageRoute {
        id: RouteMatchId::new_from_route_id(),
        pattern,
        view,
        below,
    }
}

impl PageRoute {
    /// What `path` leads to by this route, and what is left of it: nothing, or a slash at its end.
    fn find<'a>(&self, path: &'a str) -> Option<(RouteMatch, &'a str)> {
        let mut remaining = path;
        let mut params = Params::new();
        for segment in segments(self.pattern) {
            let found = segment.test(remaining)?;
            remaining = found.remaining();
            params.extend(found.params());
        }
        let matched = path[..path.len() - remaining.len()].to_owned();
        let mut below = None;
        if !self.below.is_empty() {
            let (found, rest) = find(&self.below, remaining)?;
            params.extend_from_slice(&found.params);
            below = Some(Box::new(found));
            remaining = rest;
        }
        let found = RouteMatch {
            id: self.id,
            matched,
            params,
            view: self.view,
            below,
        };
        (remaining.is_empty() || remaining == "/").then_some((found, remaining))
    }

    /// Adds the pages of this route, whose pattern goes on from `above`, to `pages`.
    fn list(&self, above: &[PathSegment], pages: &mut Vec<GeneratedRouteData>) {
        let mut path = above.to_vec();
        for segment in segments(self.pattern) {
            segment.generate_path(&mut path);
        }
        if self.below.is_empty() {
            pages.push(GeneratedRouteData {
                segments: path,
                // A page is sent when all of it is there.
                ssr_mode: SsrMode::Async,
                methods: [Method::Get].into(),
                regenerate: Vec::new(),
            });
        } else {
            for route in &self.below {
                route.list(&path, pages);
            }
        }
    }
}

/// What `path` leads to by the first of the `routes` that it matches, and what is left of it.
fn find<'a>(routes: &[PageRoute], path: &'a str) -> Option<(RouteMatch, &'a str)> {
    routes.iter().find_map(|route| route.find(path))
}

/// The segments of a pattern.
fn segments(pattern: &'static str) -> impl Iterator<Item = Box<dyn PossibleRouteMatch>> {
    pattern.split('/').filter(|written| !written.is_empty()).map(segment)
}

fn segment(written: &'static str) -> Box<dyn PossibleRouteMatch> {
    if let Some(name) = written.strip_prefix(':') {
        Box::new(ParamSegment(name))
    } else if let Some(name) = written.strip_prefix('*') {
        Box::new(WildcardSegment(name))
    } else {
        Box::new(StaticSegment(written))
    }
}

/// All routes, as the router takes them.
#[derive(Clone)]
pub(crate) struct PageRoutes(Arc<[PageRoute]>);

impl PageRoutes {
    /// Of these, the first that matches is taken.
    pub(crate) fn new(routes: Vec<PageRoute>) -> Self {
        Self(routes.into())
    }
}

impl MatchNestedRoutes for PageRoutes {
    type Data = ();
    type Match = RouteMatch;

    fn match_nested<'a>(&'a self, path: &'a str) -> (Option<(RouteMatchId, Self::Match)>, &'a str) {
        match find(&self.0, path) {
            Some((found, remaining)) => (Some((found.id, found)), remaining),
            None => (None, path),
        }
    }

    fn generate_routes(&self) -> impl IntoIterator<Item = GeneratedRouteData> + '_ {
        let mut pages = Vec::new();
        for route in self.0.iter() {
            route.list(&[], &mut pages);
        }
        pages
    }

    fn optional(&self) -> bool {
        false
    }
}

/// One level of what a path leads to.
pub(crate) struct RouteMatch {
    id: RouteMatchId,
    /// The piece of the path that this level matches.
    matched: String,
    /// The parameters of this level and of those below.
    params: Params,
    view: fn() -> Erased,
    below: Option<Box<RouteMatch>>,
}

impl MatchParams for RouteMatch {
    fn to_params(&self) -> Params {
        self.params.clone()
    }
}

impl MatchInterface for RouteMatch {
    type Child = Self;

    fn as_id(&self) -> RouteMatchId {
        self.id
    }

    fn as_matched(&self) -> &str {
        &self.matched
    }

    fn into_view_and_child(self) -> (impl ChooseView, Option<Self::Child>) {
        (self.view, self.below.map(|below| *below))
    }
}

#[cfg(test)]
mod tests {
    use leptos_router::{NestedRoute, RouteDefs, path};

    use super::*;
    use crate::erase::Erase;

    /// What one level matches, and its parameters.
    type Level = (String, Params);

    fn nothing() -> Erased {
        ().erase()
    }

    fn ours() -> RouteDefs<PageRoutes> {
        RouteDefs::new(PageRoutes::new(vec![
            page("/sign-in", nothing),
            layout(
                "",
                nothing,
                vec![
                    page("/", nothing),
                    page("/help/:topic", nothing),
                    layout(
                        "/e/:enterprise",
                        nothing,
                        vec![
                            page("", nothing),
                            page("/users", nothing),
                            page("/users/import/:upload", nothing),
                        ],
                    ),
                    page("/*any", nothing),
                ],
            ),
        ]))
    }

    /// The same routes, of Leptos' own kind.
    fn theirs() -> RouteDefs<impl MatchNestedRoutes> {
        RouteDefs::new((
            NestedRoute::new(path!("/sign-in"), nothing).ssr_mode(SsrMode::Async),
            NestedRoute::new(path!(""), nothing).ssr_mode(SsrMode::Async).child((
                NestedRoute::new(path!("/"), nothing),
                NestedRoute::new(path!("/help/:topic"), nothing),
                NestedRoute::new(path!("/e/:enterprise"), nothing).child((
                    NestedRoute::new(path!(""), nothing),
                    NestedRoute::new(path!("/users"), nothing),
                    NestedRoute::new(path!("/users/import/:upload"), nothing),
                )),
                NestedRoute::new(path!("/*any"), nothing),
            )),
        ))
    }

    fn levels<M: MatchInterface + MatchParams>(found: M) -> Vec<Level> {
        let level = (found.as_matched().to_owned(), found.to_params());
        let (_, below) = found.into_view_and_child();
        let mut all = vec![level];
        all.extend(below.into_iter().flat_map(levels));
        all
    }

    #[test]
    fn a_path_leads_where_it_does_by_the_routes_of_leptos() {
        for path in [
            "",
            "/",
            "//",
            "/sign-in",
            "/sign-in/",
            "/sign-in/more",
            "/sign-in-more",
            "/help",
            "/help/sms-groups",
            "/e",
            "/e/alder-clinics",
            "/e/alder-clinics/",
            "/e/alder-clinics/users",
            "/e/alder-clinics/users/",
            "/e/alder-clinics/users/import",
            "/e/alder-clinics/users/import/17",
            "/e/alder-clinics/no/such/page",
            "/e//users",
            "/é",
        ] {
            let expected = theirs().match_route(path).map(levels);
            assert_eq!(ours().match_route(path).map(levels), expected, "{path}");
        }
    }

    #[test]
    fn each_level_knows_its_piece_of_the_path_and_its_parameters() {
        let enterprise = || (Cow::Borrowed("enterprise"), "alder-clinics".to_owned());
        let upload = || (Cow::Borrowed("upload"), "17".to_owned());
        let found = ours().match_route("/e/alder-clinics/users/import/17").map(levels);
        assert_eq!(
            found,
            Some(vec![
                (String::new(), vec![enterprise(), upload()]),
                ("/e/alder-clinics".to_owned(), vec![enterprise(), upload()]),
                ("/users/import/17".to_owned(), vec![upload()]),
            ])
        );
    }

    #[test]
    fn a_route_is_told_from_others_and_is_the_same_with_other_parameters() {
        let routes = ours();
        let id = |path: &str| {
            let (_, layout) = routes.match_route(path).unwrap().into_view_and_child();
            layout.unwrap().as_id()
        };
        assert_eq!(id("/help/sms-groups"), id("/help/numbers"));
        assert_ne!(id("/help/sms-groups"), id("/e/alder-clinics"));
    }

    #[test]
    fn the_list_of_pages_is_that_of_leptos() {
        let (ours, theirs) = (ours(), theirs());
        let (_, expected) = theirs.generate_routes();
        let (_, pages) = ours.generate_routes();
        assert_eq!(
            pages.into_iter().collect::<Vec<_>>(),
            expected.into_iter().collect::<Vec<_>>()
        );
    }
}
