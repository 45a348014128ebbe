using CrmWeb.Benchmarks;
using CrmWeb.Benchmarks.Bare;
using CrmWeb.Data.Providers;

// The bare twins run in a process of their own, like the product does.
if (args is ["bare", var provider, var connection, var url])
{
    await BareServer.Run(Enum.Parse<Provider>(provider), connection, url);
    return 0;
}

var wanted = Wanted.Parse(args);
if (wanted is null)
{
    Console.WriteLine(Wanted.Usage);
    return 2;
}

var report = new Report();
foreach (var engine in wanted.Engines)
{
    foreach (var measure in wanted.Measures) await measure(engine, wanted, report);
}

report.Print();
await report.Save(Path.Combine(Installation.Artifacts, "bench.json"));
return report.AllReached ? 0 : 1;
