using CrmWeb.Data;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Segments;

/// <summary>Whom somebody means to put on a list: the customers that they see, by number, by a rule, or by an import.</summary>
internal static class SegmentChoosing
{
    public const int Most = 1_000;

    private const int Batch = 5_000;

    /// <summary>Null with what is wrong.</summary>
    public static async Task<IQueryable<Customer>?> Customers(CrmDb db, MemberRules rules, ModelStateDictionary errors, IStringLocalizer L, SegmentMembersInput input, CancellationToken stop)
    {
        var said = (input.CustomerIds is null ? 0 : 1) + (input.Rule is null ? 0 : 1) + (input.ImportId is null ? 0 : 1);
        if (said != 1)
        {
            errors.AddModelError(nameof(input.CustomerIds), L["Say one of customerIds, rule and importId."]);
            return null;
        }

        if (input.ImportId is { } import) return db.BroughtBy(import);
        if (input.Rule is { } typed)
        {
            var (rule, wrong) = await rules.Read(typed, stop);
            if (wrong is not null) errors.AddModelError(nameof(input.Rule), wrong.ToString());
            return rule is null ? null : rules.Meant(rule);
        }

        List<long> ids = [.. input.CustomerIds!.Distinct()];
        if (ids.Count is 0 or > Most) errors.AddModelError(nameof(input.CustomerIds), L["Between {0} and {1}.", 1, Most]);
        else if (await db.Customers.CountAsync(c => ids.Contains(c.Id), stop) < ids.Count) errors.AddModelError(nameof(input.CustomerIds), L["Choose one of the list."]);
        return errors.IsValid ? db.Seen(db.Customers).Where(c => ids.Contains(c.Id)) : null;
    }

    /// <summary>Some of them, in the order of their numbers.</summary>
    public static Task<List<long>> Next(IQueryable<Customer> chosen, long after, CancellationToken stop) =>
        chosen.Where(c => c.Id > after).OrderBy(c => c.Id).Select(c => c.Id).Take(Batch).ToListAsync(stop);
}
