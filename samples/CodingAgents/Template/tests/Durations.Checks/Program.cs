using System.Reflection;
using Durations.Checks;

// Every public static method of a class whose name ends in "Checks" is a check; one that throws has failed.
int passed = 0;
int failed = 0;
foreach (MethodInfo check in typeof(Check).Assembly.GetTypes()
    .Where(t => t.Name.EndsWith("Checks", StringComparison.Ordinal))
    .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static)))
{
    try
    {
        check.Invoke(null, null);
        passed++;
        Console.WriteLine($"ok      {check.DeclaringType!.Name}.{check.Name}");
    }
    catch (TargetInvocationException error)
    {
        failed++;
        Console.WriteLine($"FAILED  {check.DeclaringType!.Name}.{check.Name}: {error.InnerException!.Message}");
    }
}

Console.WriteLine($"{passed} passed, {failed} failed");
return failed == 0 ? 0 : 1;
