//! Everything that can go wrong between asking and being answered.

use std::{io, time::Duration};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{Method, StatusCode},
    middleware::Next,
    response::{IntoResponse, Response},
};
use rand::Rng;
use tokio::time::Instant;

use crate::{StandIn, Storm, api::Problem};

/// How many requests a storm lasts that begins by chance.
const STORM: u32 = 10;
/// How often it is looked whether an answer is still held back.
const LOOK: Duration = Duration::from_millis(50);
/// Larger than every answer of the stand-in.
const LARGEST: usize = 16 * 1024 * 1024;

/// What happens to one request.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    Forbidden,
    /// Whether the request takes effect before the connection goes.
    Reset(bool),
    /// Whether the request takes effect before the answer.
    Failure(bool),
    Truncated,
}

/// Lets a request meet the faults that the switches ask for.
pub(crate) async fn meet(State(stand_in): State<StandIn>, request: Request, next: Next) -> Response {
    let fault = {
        let mut world = stand_in.world();
        if world.switches.loses_creations && is_creation(&request) {
            Fault::Reset(true)
        } else {
            choose(&mut world.switches, &mut rand::rng())
        }
    };
    hold_back(&stand_in).await;
    match fault {
        Fault::None => next.run(request).await,
        Fault::Forbidden => Problem(StatusCode::FORBIDDEN, "Forbidden").into_response(),
        Fault::Reset(takes_effect) => {
            if takes_effect {
                next.run(request).await;
            }
            cut()
        }
        Fault::Failure(takes_effect) => {
            if takes_effect {
                next.run(request).await;
            }
            Problem(StatusCode::INTERNAL_SERVER_ERROR, "Internal error").into_response()
        }
        Fault::Truncated => truncated(next.run(request).await).await,
    }
}

/// Waits for as long as answers take now, also where that is changed meanwhile.
async fn hold_back(stand_in: &StandIn) {
    let begun = Instant::now();
    loop {
        let latency = Duration::from_millis(stand_in.world().switches.latency_ms);
        let left = latency.saturating_sub(begun.elapsed());
        if left.is_zero() {
            return;
        }
        tokio::time::sleep(left.min(LOOK)).await;
    }
}

fn is_creation(request: &Request) -> bool {
    request.method() == Method::POST && request.uri().path().ends_with("/subscriptions")
}

fn choose(switches: &mut crate::Switches, chance: &mut impl Rng) -> Fault {
    if switches.down {
        return Fault::Reset(false);
    }
    if switches.storm.is_none() && chance.random_range(0..1000) < switches.storms_in_1000 {
        switches.storm = Some(Storm { requests: STORM });
    }
    if let Some(storm) = &mut switches.storm {
        storm.requests = storm.requests.saturating_sub(1);
        if storm.requests == 0 {
            switches.storm = None;
        }
        return Fault::Forbidden;
    }
    let drawn = chance.random_range(0..1000);
    let takes_effect = chance.random_bool(0.5);
    let resets = switches.resets_in_1000;
    let failures = resets + switches.errors_in_1000;
    let truncated = failures + switches.truncated_in_1000;
    match drawn {
        drawn if drawn < resets => Fault::Reset(takes_effect),
        drawn if drawn < failures => Fault::Failure(takes_effect),
        drawn if drawn < truncated => Fault::Truncated,
        _ => Fault::None,
    }
}

/// An answer whose connection breaks before anything of its body has come.
fn cut() -> Response {
    let broken = futures_util::stream::once(async { Err::<Bytes, _>(io::Error::from(io::ErrorKind::ConnectionReset)) });
    Response::new(Body::from_stream(broken))
}

/// The first half of the answer, as if it were the whole.
async fn truncated(answer: Response) -> Response {
    let (parts, body) = answer.into_parts();
    let bytes = to_bytes(body, LARGEST).await.unwrap_or_default();
    let half = bytes.slice(..bytes.len() / 2);
    let mut answer = Response::new(Body::from(half));
    *answer.status_mut() = parts.status;
    answer
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Switches;

    #[test]
    fn a_storm_passes() {
        let mut switches = Switches {
            storm: Some(Storm { requests: 2 }),
            ..Switches::default()
        };
        let mut next = || choose(&mut switches, &mut rand::rng());
        assert!(next() == Fault::Forbidden && next() == Fault::Forbidden);
        assert!(next() == Fault::None);
    }

    #[test]
    fn chances_add_up() {
        let mut switches = Switches {
            resets_in_1000: 300,
            errors_in_1000: 300,
            truncated_in_1000: 400,
            ..Switches::default()
        };
        for _ in 0..100 {
            assert!(choose(&mut switches, &mut rand::rng()) != Fault::None);
        }
    }
}
