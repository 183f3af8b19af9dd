//! Integration tests: the store on both databases, the application behind its layers, and the shape of the source.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

mod api;
mod architecture;
mod audit_log;
mod auth;
mod canaries;
mod cli;
mod customer_page;
mod customers_list;
mod demo;
mod erasure;
mod export;
mod finder;
mod finder_live;
mod import;
mod imports;
mod live;
mod loaded;
mod matrix;
mod moving;
mod operations;
mod order_form;
mod orders_page;
mod people;
mod person;
mod preferences;
mod profile;
mod pwa;
mod quality;
mod queues;
mod rollup;
mod rollup_concurrent;
mod settings;
mod sign_ins;
mod slow_clients;
mod support;
mod templates;
mod two_steps;
mod wall;
mod webhooks;
