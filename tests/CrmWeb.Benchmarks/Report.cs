using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using CrmWeb.Data.Providers;

namespace CrmWeb.Benchmarks;

/// <summary>Ours beside the raw limit of the same run. <paramref name="AtLeast"/>: higher is better; otherwise lower.</summary>
internal sealed record Row(string What, Provider? Engine, double Ours, double Limit, string Unit, double Target, bool AtLeast)
{
    public double Ratio => Ours / Limit;

    public bool Reached => AtLeast ? Ratio >= Target : Ratio <= Target;
}

internal sealed class Report
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly List<Row> rows = [];

    public bool AllReached => rows.TrueForAll(row => row.Reached);

    public void Add(Row row)
    {
        rows.Add(row);
        Console.WriteLine(Line(row));
    }

    public void Print()
    {
        Console.WriteLine();
        Console.WriteLine("| what | engine | ours | limit | unit | ratio | target |");
        Console.WriteLine("|---|---|---:|---:|---|---:|---|");
        foreach (var row in rows) Console.WriteLine(Line(row));
    }

    public Task Save(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var machine = new { cores = Environment.ProcessorCount, memoryGiB = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30, os = RuntimeInformation.OSDescription, runtime = RuntimeInformation.FrameworkDescription };
        return File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { machine, rows }, Indented));
    }

    /// <summary>The middle one of several rounds.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static string Line(Row row) => string.Create(CultureInfo.InvariantCulture,
        $"| {row.What} | {row.Engine?.ToString() ?? "—"} | {row.Ours:#,0.##} | {row.Limit:#,0.##} | {row.Unit} | {row.Ratio:0.00} | {(row.AtLeast ? "≥" : "≤")} {row.Target:0.##}{(row.Reached ? "" : " **missed**")} |");
}
