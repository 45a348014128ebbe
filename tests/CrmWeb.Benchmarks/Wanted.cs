using System.Globalization;
using CrmWeb.Benchmarks.Measures;
using CrmWeb.Benchmarks.Measures.Segments;
using CrmWeb.Data.Providers;

namespace CrmWeb.Benchmarks;

internal delegate Task Measure(Provider provider, Wanted wanted, Report report);

/// <summary>What the words of the command line ask for.</summary>
internal sealed record Wanted(IReadOnlyList<Provider> Engines, IReadOnlyList<Measure> Measures, int Customers, TimeSpan Round, int ImportRounds, int Contacts)
{
    public const int Rounds = 5;
    public const int Connections = 8;
    private const int OrdersOfACustomer = 3;
    public const string Usage = "eng/bench [--only list,page,log,import,search,start,api,batch,bulk,duplicates,quality,facts,orders,order,board,segment-count,segment-preview,segment-fill,segment-many] [--engine sqlite|postgresql] [--customers N (1000000)] [--seconds S a round (5)] [--import-rounds R (5)] [--contacts N a customer, where segments ask for them (10)]";

    private static readonly Dictionary<string, Measure> Known = new(StringComparer.Ordinal)
    {
        ["start"] = StartMeasure.Run,
        ["list"] = ListMeasure.Run,
        ["page"] = CustomerPageMeasure.Run,
        ["log"] = LogMeasure.Run,
        ["import"] = ImportMeasure.Run,
        ["search"] = SearchMeasure.Run,
        ["api"] = ApiMeasure.Run,
        ["batch"] = BatchMeasure.Run,
        ["bulk"] = BulkMeasure.Run,
        ["duplicates"] = DuplicatesMeasure.Run,
        ["quality"] = QualityMeasure.Run,
        ["facts"] = FactsMeasure.Run,
        ["orders"] = OrderImportMeasure.Run,
        ["order"] = OrderMeasure.Run,
        ["board"] = BoardMeasure.Run,
        ["segment-count"] = SegmentCountMeasure.Run,
        ["segment-preview"] = SegmentPreviewMeasure.Run,
        ["segment-fill"] = SegmentFillMeasure.Run,
        ["segment-many"] = SegmentManyMeasure.Run,
    };

    /// <summary>Customers with contacts and three orders each, for all that asks for segments.</summary>
    public Task<Installation> ForSegments(Provider provider) => Installation.Of(provider, Customers, Customers * Contacts, Customers * OrdersOfACustomer);

    public static Wanted? Parse(string[] args)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i + 1 < args.Length; i += 2) options[args[i]] = args[i + 1];
        if (args.Length % 2 != 0 || options.Keys.Except(["--only", "--engine", "--customers", "--seconds", "--import-rounds", "--contacts"], StringComparer.Ordinal).Any()) return null;

        var names = options.TryGetValue("--only", out var only) ? only.Split(',') : [.. Known.Keys];
        if (names.Any(name => !Known.ContainsKey(name))) return null;
        Provider[] engines = options.TryGetValue("--engine", out var engine)
            ? [Enum.Parse<Provider>(engine, ignoreCase: true)]
            : Installation.PostgreSql is null ? [Provider.Sqlite] : [Provider.Sqlite, Provider.PostgreSql];
        return new Wanted(engines, [.. names.Select(name => Known[name])],
            Number("--customers", 1_000_000), TimeSpan.FromSeconds(Number("--seconds", 5)), Number("--import-rounds", Rounds), Number("--contacts", 10));

        int Number(string name, int otherwise) => options.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
    }
}
