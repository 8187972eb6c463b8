// As the program ends: what is in the queue is sent. provider is the NodeTracerProvider that was registered.
process.on('SIGTERM', () => provider.shutdown().finally(() => process.exit(0)));
