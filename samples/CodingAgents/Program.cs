using CodingAgents;
using Spectre.Console;

return await SampleCommand.Create().Parse(args).InvokeAsync();
