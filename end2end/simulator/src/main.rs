//! Starts the stand-in alone.

use std::{io::Write, net::SocketAddr, process::ExitCode};

use clap::Parser;
use simulator::{Account, Clock, NumberSeed, Seed, StandIn};
use tokio::net::TcpListener;

/// A stand-in for the NetSapiens API, with a control page at its root.
#[derive(Parser)]
#[command(version, about)]
struct CommandLine {
    /// The address and port to listen on; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:4010")]
    listen: SocketAddr,
    /// A subscription to begin with: HOST,DOMAIN,DAYS-LEFT,ID,POST-URL. May be given more than once
    #[arg(long = "subscription", value_name = "SUBSCRIPTION", value_parser = seed)]
    subscriptions: Vec<Seed>,
    /// Numbers to begin with: HOST,DOMAIN,FIRST,COUNT, and some odd ones after them. May be given more than once
    #[arg(long, value_name = "NUMBERS", value_parser = numbers)]
    numbers: Vec<NumberSeed>,
    /// How often events are sent, in milliseconds; 0 for never
    #[arg(long, default_value_t = 0)]
    pump_ms: u64,
}

fn seed(text: &str) -> Result<Seed, String> {
    let parts: Vec<&str> = text.splitn(5, ',').collect();
    let [host, domain, days_left, id, post_url] = parts.as_slice() else {
        return Err("must be HOST,DOMAIN,DAYS-LEFT,ID,POST-URL".to_owned());
    };
    Ok(Seed {
        host: (*host).to_owned(),
        domain: (*domain).to_owned(),
        post_url: (*post_url).to_owned(),
        days_left: days_left
            .parse()
            .map_err(|_| format!("{days_left} is no number of days"))?,
        id: Some((*id).to_owned()),
    })
}

fn numbers(text: &str) -> Result<NumberSeed, String> {
    let parts: Vec<&str> = text.split(',').collect();
    let [host, domain, first, count] = parts.as_slice() else {
        return Err("must be HOST,DOMAIN,FIRST,COUNT".to_owned());
    };
    let number = |text: &str| text.parse::<u64>().map_err(|_| format!("{text} is no number"));
    Ok(NumberSeed {
        host: (*host).to_owned(),
        domain: (*domain).to_owned(),
        first: number(first)?,
        count: number(count)?,
    })
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(CommandLine::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing is left to do when even the error stream is closed.
            drop(writeln!(std::io::stderr(), "The stand-in cannot run: {error}."));
            ExitCode::FAILURE
        }
    }
}

async fn run(line: CommandLine) -> std::io::Result<()> {
    let stand_in = StandIn::new(Clock::system());
    {
        let now = stand_in.clock().now();
        let mut world = stand_in.world();
        world.switches.pump_ms = line.pump_ms;
        // What has expired stays to be looked at.
        world.switches.purge_seconds = 60 * 60 * 24 * 365;
        world.accounts.push(Account::default());
        for seed in line.subscriptions {
            world.seed(seed, now);
        }
        for seed in line.numbers {
            world.seed_numbers(&seed);
            world.seed_odd_numbers(&seed.host, &seed.domain, seed.first + seed.count);
        }
    }
    let listener = TcpListener::bind(line.listen).await?;
    writeln!(std::io::stdout(), "Stand-in on http://{}", listener.local_addr()?)?;
    tokio::spawn(stand_in.clone().pump_for_ever());
    stand_in.serve(listener).await
}
