//! A stand-in for the NetSapiens API v2: event subscriptions, numbers, both sign-ins, and everything that goes wrong with
//! them.
//!
//! It serves tests and the demo; nothing in it is meant for real use. Time comes from a clock that can be moved, and each
//! host name that it is asked under is a server of its own.

mod api;
mod clock;
mod control;
mod faults;
mod numbers;
mod pump;
mod sign_in;
mod switches;
mod world;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::{Router, middleware};

pub use self::{
    clock::Clock,
    numbers::{NumberSeed, SmsNumber},
    pump::Batch,
    switches::{DateForm, Storm, Switches, Version},
    world::{Account, Seed, Subscription, World, Write},
};

/// The stand-in. Clones are the same one.
#[derive(Clone)]
pub struct StandIn {
    world: Arc<Mutex<World>>,
    clock: Clock,
}

impl StandIn {
    /// One without subscriptions, by this clock.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self {
            world: Arc::new(Mutex::new(World::default())),
            clock,
        }
    }

    /// Its clock.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// What it holds, as of now.
    pub fn world(&self) -> MutexGuard<'_, World> {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        world.settle(self.clock.now());
        world
    }

    /// Everything it answers.
    pub fn router(&self) -> Router {
        let api = api::router().layer(middleware::from_fn_with_state(self.clone(), faults::meet));
        Router::new()
            .nest("/ns-api", api)
            .merge(control::router())
            .with_state(self.clone())
    }

    /// Answers requests until it is dropped.
    ///
    /// # Errors
    /// What the system says.
    pub async fn serve(self, listener: tokio::net::TcpListener) -> std::io::Result<()> {
        axum::serve(listener, self.router()).await
    }
}
