using System.CommandLine;
using CodingAgents;

// Ctrl+C ends a build that may be under way and deletes the temporary repository; on a busy machine that takes more than a moment.
InvocationConfiguration invocation = new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(10) };
return await SampleCommand.Create().Parse(args).InvokeAsync(invocation);
