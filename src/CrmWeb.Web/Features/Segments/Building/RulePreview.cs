using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Segments;
using CrmWeb.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Segments.Building;

/// <summary>One of those whom a rule means.</summary>
public sealed record SampleCustomer(long Id, string Name, bool IsOrganisation, string? Hint);

/// <summary>Whom a rule means, of those whom the reader sees.</summary>
/// <param name="ByMail">Who has a mail address.</param>
/// <param name="ByPhone">Who has a phone number.</param>
public sealed record RulePreview(int Count, int ByMail, int ByPhone, IReadOnlyList<SampleCustomer> Samples)
{
    public const int MaxSamples = 20;

    /// <summary>The rule in words, where it is asked for.</summary>
    public string Sentence { get; init; } = "";

    public static async Task<RulePreview> Read(MemberRules rules, SegmentRule rule, CancellationToken stop)
    {
        var meant = rules.Meant(rule).AsNoTracking();
        var numbers = await meant.GroupBy(c => c.TenantId).Select(all => new { Count = all.Count(), Mail = all.Count(c => c.Email != null), Phone = all.Count(c => c.Phone != null) }).SingleOrDefaultAsync(stop);
        var samples = numbers is null ? [] : await SamplesOf(meant, MaxSamples, stop);
        return new(numbers?.Count ?? 0, numbers?.Mail ?? 0, numbers?.Phone ?? 0, samples);
    }

    public static Task<List<SampleCustomer>> SamplesOf(IQueryable<Customer> customers, int count, CancellationToken stop) =>
        customers.OrderBy(c => c.Id).Take(count).Select(c => new SampleCustomer(c.Id, c.Name, c.Kind == CustomerKind.Organisation, c.City ?? c.Email)).ToListAsync(stop);
}
