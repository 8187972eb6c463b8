// The meter, the SDK's default propagator and thread allocation counts belong to the process: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
