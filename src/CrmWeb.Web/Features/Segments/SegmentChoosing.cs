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

    /// <summary>Likewise of a rule or an import.</summary>
    public const int MostMeant = 20_000;

    /// <summary>Null with what is wrong.</summary>
    public static async Task<List<long>?> Customers(CrmDb db, MemberRules rules, ModelStateDictionary errors, IStringLocalizer L, SegmentMembersInput input, CancellationToken stop)
    {
        var said = (input.CustomerIds is null ? 0 : 1) + (input.Rule is null ? 0 : 1) + (input.ImportId is null ? 0 : 1);
        if (said != 1)
        {
            errors.AddModelError(nameof(input.CustomerIds), L["Say one of customerIds, rule and importId."]);
            return null;
        }

        if (input.ImportId is { } import) return await Few(db.BroughtBy(import), nameof(input.ImportId), L["At most {0} customers are put on a list or taken off it at once. Name them by rules that mean fewer.", MostMeant]);
        if (input.Rule is { } typed)
        {
            var (rule, wrong) = await rules.Read(typed, stop);
            if (wrong is not null) errors.AddModelError(nameof(input.Rule), wrong.ToString());
            return rule is null ? null : await Few(rules.Meant(rule), nameof(input.Rule), L["At most {0} customers are put on a list or taken off it at once. Narrow the rule, or make a segment by it and freeze that.", MostMeant]);
        }

        List<long> ids = [.. input.CustomerIds!.Distinct()];
        if (ids.Count is 0 or > Most) errors.AddModelError(nameof(input.CustomerIds), L["Between {0} and {1}.", 1, Most]);
        else if (await db.Customers.CountAsync(c => ids.Contains(c.Id), stop) < ids.Count) errors.AddModelError(nameof(input.CustomerIds), L["Choose one of the list."]);
        return errors.IsValid ? await db.Seen(db.Customers).Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToListAsync(stop) : null;

        async Task<List<long>?> Few(IQueryable<Customer> meant, string field, string tooMany)
        {
            var found = await meant.OrderBy(c => c.Id).Select(c => c.Id).Take(MostMeant + 1).ToListAsync(stop);
            if (found.Count <= MostMeant) return found;
            errors.AddModelError(field, tooMany);
            return null;
        }
    }
}
