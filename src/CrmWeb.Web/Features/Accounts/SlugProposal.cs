using System.Text;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Accounts;

/// <summary>An address for an organisation, made of its name and still free.</summary>
public static class SlugProposal
{
    private const int Tries = 50;

    private static readonly Dictionary<char, string> Latin = new()
    {
        ['ا'] = "a",
        ['آ'] = "a",
        ['ب'] = "b",
        ['پ'] = "p",
        ['ت'] = "t",
        ['ث'] = "s",
        ['ج'] = "j",
        ['چ'] = "ch",
        ['ح'] = "h",
        ['خ'] = "kh",
        ['د'] = "d",
        ['ذ'] = "z",
        ['ر'] = "r",
        ['ز'] = "z",
        ['ژ'] = "zh",
        ['س'] = "s",
        ['ش'] = "sh",
        ['ص'] = "s",
        ['ض'] = "z",
        ['ط'] = "t",
        ['ظ'] = "z",
        ['ع'] = "a",
        ['غ'] = "gh",
        ['ف'] = "f",
        ['ق'] = "gh",
        ['ک'] = "k",
        ['گ'] = "g",
        ['ل'] = "l",
        ['م'] = "m",
        ['ن'] = "n",
        ['و'] = "v",
        ['ه'] = "h",
        ['ی'] = "i",
    };

    /// <summary>Small letters, digits and hyphens; empty when nothing of the name can be written so.</summary>
    public static string Of(string? name)
    {
        var slug = new StringBuilder();
        foreach (var c in SearchText.Fold(name))
        {
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)) slug.Append(c);
            else if (Latin.TryGetValue(c, out var latin)) slug.Append(latin);
            else if (c != '\'' && slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }

        var text = slug.ToString().Trim('-');
        return text.Length <= Tenant.SlugLength ? text : text[..Tenant.SlugLength].TrimEnd('-');
    }

    /// <summary>The wanted address, or it with the first free number behind.</summary>
    public static async Task<string> Free(CrmDb db, string wanted, CancellationToken stop)
    {
        if (!Tenant.IsSlug(wanted)) wanted = "organisation";
        var stem = wanted.Length <= Tenant.SlugLength - 4 ? wanted : wanted[..(Tenant.SlugLength - 4)].TrimEnd('-');
        var candidates = Enumerable.Range(2, Tries).Select(n => FormattableString.Invariant($"{stem}-{n}")).Prepend(wanted).ToArray();
        var taken = await db.Tenants.Where(t => candidates.Contains(t.Slug)).Select(t => t.Slug).ToListAsync(stop);
        return candidates.Except(taken, StringComparer.Ordinal).FirstOrDefault() ?? $"{stem[..Math.Min(stem.Length, 20)]}-{Guid.NewGuid():N}"[..Tenant.SlugLength].TrimEnd('-');
    }

    public static Task<bool> IsFree(CrmDb db, string slug, CancellationToken stop) => db.Tenants.AllAsync(t => t.Slug != slug, stop);
}
