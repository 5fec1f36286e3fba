"""Where notices go out: mail, webhooks, chat rooms; the only place that sends."""
