using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Segments;
using CrmWeb.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Segments.Building;

/// <summary>One of those whom a rule means.</summary>
public sealed record SampleCustomer(long Id, string Name, bool IsOrganisation, string? Hint);

/// <summary>Whom a rule means, of those whom the reader sees.</summary>
/// <param name="Samples">The first of them; none where finding them takes too long as well.</param>
public sealed record RulePreview(RuleCount Numbers, IReadOnlyList<SampleCustomer> Samples)
{
    public const int MaxSamples = 20;

    /// <summary>So many that the first ones are found soon by going through the customers; of fewer the rule is asked as a whole.</summary>
    private const int Many = 10_000;

    /// <summary>The rule in words, where it is asked for.</summary>
    public string Sentence { get; init; } = "";

    /// <summary>What is not counted yet stays so.</summary>
    public RulePreview WithoutScripts => this with { Numbers = Numbers with { IsGivenUp = !Numbers.IsWhole } };

    /// <param name="patience">How long the count may take. After that it has to be counted bit by bit.</param>
    public static async Task<RulePreview> Read(CrmDb db, MemberRules rules, SegmentRule rule, TimeSpan patience, CancellationToken stop)
    {
        var count = await RuleCount.Whole(db, rules, rule, patience, stop);
        if (count is { Count: 0 }) return new(count, []);
        var meant = count is null or { Count: >= Many } ? rules.MeantOfFew(rule) : rules.Meant(rule);
        var samples = await db.InTime(patience, ends => SamplesOf(meant.AsNoTracking(), MaxSamples, ends), stop);
        return new(count ?? await RuleCount.Begin(db, stop), samples ?? []);
    }

    public static Task<List<SampleCustomer>> SamplesOf(IQueryable<Customer> customers, int count, CancellationToken stop) =>
        customers.OrderBy(c => c.Id).Take(count).Select(c => new SampleCustomer(c.Id, c.Name, c.Kind == CustomerKind.Organisation, c.City ?? c.Email)).ToListAsync(stop);
}
