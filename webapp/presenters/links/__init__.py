"""Links to risks -> the queue that they are decided in, and what decisions have taught."""
