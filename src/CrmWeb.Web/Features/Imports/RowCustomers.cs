using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Imports;

/// <summary>The customers that the rows of a batch name, by what they are recognised. Whom nobody knows is made, if that was chosen.</summary>
internal sealed class RowCustomers(CrmDb db, CurrentMember me, ImportSettings settings, ImportFields fields)
{
    private readonly Dictionary<string, CustomerDetails> made = new(StringComparer.Ordinal);
    private Dictionary<string, List<long>> known = [];
    private HashSet<string> taken = [];

    /// <summary>The customers to make, by what they are looked for.</summary>
    public IReadOnlyDictionary<string, CustomerDetails> Made => made;

    public async Task Load(List<string> keys, CancellationToken stop)
    {
        var all = db.Seen(db.Customers);
        var found = settings.Match switch
        {
            MatchRule.Email => await all.Where(c => keys.Contains(c.EmailNormal!)).Select(c => new { Key = c.EmailNormal!, c.Id }).ToListAsync(stop),
            MatchRule.Phone => await all.Where(c => keys.Contains(c.PhoneNormal!)).Select(c => new { Key = c.PhoneNormal!, c.Id }).ToListAsync(stop),
            MatchRule.Name => await all.Where(c => keys.Contains(c.NameNormal)).Select(c => new { Key = c.NameNormal, c.Id }).ToListAsync(stop),
            _ => await all.Where(c => keys.Contains(c.ExternalId!)).Select(c => new { Key = c.ExternalId!, c.Id }).ToListAsync(stop),
        };
        known = found.GroupBy(c => c.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Select(c => c.Id).ToList(), StringComparer.Ordinal);
        if (settings.Match == MatchRule.ExternalId && keys.Count > known.Count) taken = [.. (await db.TakenExternalIds([.. keys.Where(key => !known.ContainsKey(key))], stop)).Keys];
    }

    public IReadOnlyList<long> Of(string key) => known.GetValueOrDefault(key, []);

    /// <summary>The id, null of one to be made; or why it is neither.</summary>
    public (long? Id, string? Refused) Find(string key) => Of(key) switch
    {
        [var id] => (id, null),
        [_, ..] => (null, Refusal.SeveralMatches),
        _ when taken.Contains(key) => (null, Refusal.Archived),
        _ => (null, settings.MakeCustomers ? null : Refusal.UnknownCustomer),
    };

    /// <param name="key">What they are looked for by.</param>
    /// <param name="text">The same as it is written.</param>
    /// <param name="name">What they are called; otherwise as they were looked for.</param>
    public void Make(string key, string text, string? name)
    {
        if (made.ContainsKey(key)) return;
        var details = new CustomerDetails
        {
            Name = name ?? text,
            Stage = LifecycleStage.Customer,
            ExternalId = settings.Match is MatchRule.ExternalId or MatchRule.Nothing ? key : null,
            Email = settings.Match == MatchRule.Email ? text : null,
            Phone = settings.Match == MatchRule.Phone ? text : null,
            PhoneCountry = me.Pass.Country,
        };
        // who does not see all would not find again what belongs to nobody
        made[key] = fields.ForNew(db.Current.Actor.WouldSee(null, null) ? details : details with { OwnerId = me.Id });
    }

    /// <summary>Writes those to be made. Answers them by what they are looked for.</summary>
    public static async Task<Dictionary<string, Customer>> Write(CrmDb db, IReadOnlyDictionary<string, CustomerDetails> made, long importId, DateTime now, CancellationToken stop)
    {
        var customers = made.ToDictionary(one => one.Key, one => new Customer(one.Value, now), StringComparer.Ordinal);
        foreach (var customer in customers.Values) customer.CameFrom(importId);
        await db.InsertCustomers([.. customers.Values], now, stop);
        return customers;
    }
}
