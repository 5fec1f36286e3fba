"""Where data come from: CelesTrak, Space-Track, folders."""
