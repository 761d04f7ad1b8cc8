"""What leaves the house: publishing, calendar links and the server behind them, CalDAV."""
