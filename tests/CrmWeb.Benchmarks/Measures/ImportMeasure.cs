using System.Diagnostics;
using System.Globalization;
using CrmWeb.Benchmarks.Bare;
using CrmWeb.Data.Providers;

namespace CrmWeb.Benchmarks.Measures;

/// <summary>The import verb with matching and validation, beside a raw upsert of the same rows into the same tables with the same indexes.</summary>
internal static class ImportMeasure
{
    private static readonly string[] Cities = ["Utrecht", "Zürich", "Tehran", "Leeds", "Porto", "Graz", "Tallinn", "Nantes"];

    public static async Task Run(Provider provider, Wanted wanted, Report report)
    {
        var file = await WriteFile(wanted.Customers);
        var memory = new List<double>();
        var (ours, limit) = (new List<double>(), new List<double>());
        for (var round = 0; round < wanted.ImportRounds; round++)
        {
            var (rate, peak) = await Ours(provider, file, wanted.Customers);
            ours.Add(rate);
            memory.Add(peak);
            var raw = await Installation.Fresh(provider);
            var clock = Stopwatch.StartNew();
            await RawUpsert.Run(raw, Rows(wanted.Customers));
            limit.Add(wanted.Customers / clock.Elapsed.TotalSeconds);
        }

        report.Add(new Row($"import of {wanted.Customers:N0} rows", provider, Report.Median(ours), Report.Median(limit), "rows/s", 0.35, AtLeast: true));
        report.Add(new Row("peak memory of the import", provider, Report.Median(memory), 400, "MiB", 1, AtLeast: false));
    }

    private static async Task<(double Rate, double PeakMiB)> Ours(Provider provider, string file, int rows)
    {
        var installation = await Installation.Fresh(provider);
        var clock = Stopwatch.StartNew();
        using var process = installation.Start(["import", "customers", file, "--tenant", Installation.Tenant, "--as", Installation.Admin, "--match", "external-id"]);
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var errors = process.StandardError.ReadToEndAsync();
        double peak = 0;
        while (!process.HasExited)
        {
            process.Refresh();
            peak = Math.Max(peak, process.HasExited ? 0 : process.WorkingSet64 / 1048576.0);
            await Task.Delay(200);
        }

        if (process.ExitCode != 0) throw new InvalidOperationException(await errors);
        return (rows / clock.Elapsed.TotalSeconds, peak);
    }

    internal static IEnumerable<RawRow> Rows(int count) => Enumerable.Range(1, count).Select(i =>
    {
        // scattered, as real files are: neighbours in the file are not neighbours in the indexes; only the ids of another system run on
        var n = i.ToString(CultureInfo.InvariantCulture);
        var scattered = unchecked((uint)i * 2_654_435_761);
        var word = string.Create(6, scattered, (letters, rest) =>
        {
            for (var at = 0; at < letters.Length; at++, rest /= 26) letters[at] = (char)((at == 0 ? 'A' : 'a') + (rest % 26));
        });
        var phone = string.Create(CultureInfo.InvariantCulture, $"+31 20 {scattered % 10_000_000:0000000}");
        return new RawRow($"X-{n}", $"{word} Customer {n}", $"{word.ToLowerInvariant()}{n}@example.org", phone, Cities[i % Cities.Length]);
    });

    private static async Task<string> WriteFile(int rows)
    {
        Directory.CreateDirectory(Installation.Artifacts);
        var file = Path.Combine(Installation.Artifacts, string.Create(CultureInfo.InvariantCulture, $"rows_{rows}.csv"));
        if (File.Exists(file)) return file;
        await using var writer = new StreamWriter(file);
        await writer.WriteLineAsync("External id,Name,Email,Phone,City,Country");
        foreach (var row in Rows(rows)) await writer.WriteLineAsync($"{row.ExternalId},{row.Name},{row.Email},{row.Phone},{row.City},NL");
        return file;
    }
}
