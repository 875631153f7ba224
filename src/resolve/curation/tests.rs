//! What corrections do to small worlds.
