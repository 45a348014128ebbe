using System.Text.Json;
using CrmWeb.Data;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Segments;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Shared;

/// <summary>Rules of segments as the member of this request writes, reads and asks them: with the custom fields, names and customers that they see (T10).</summary>
public sealed class MemberRules(CrmDb db, CurrentMember me, MemberFields fields)
{
    private RuleSources? sources;

    /// <summary>What a rule asks: of what the member sees, on the day where the tenant is.</summary>
    public RuleSources Sources => sources ??= db.RuleSources(me.Now, me.TenantZone, me.Pass.Currency, me.Pass.Country, segment => db.MembersOf(segment));

    /// <summary>What was typed as a rule; null with what is wrong.</summary>
    public async Task<(SegmentRule? Rule, RuleError? Error)> Read(string typed, CancellationToken stop)
    {
        var custom = await fields.Seen(stop);
        var world = await World(RuleMentions.Of(typed, custom), custom, stop);
        return SegmentRule.TryParse(typed, world, out var rule, out var error) ? (rule, null) : (null, error);
    }

    /// <summary>Likewise a tree of conditions.</summary>
    public async Task<(SegmentRule? Rule, RuleError? Error)> Read(JsonElement tree, CancellationToken stop)
    {
        var custom = await fields.Seen(stop);
        var world = await World(RuleMentions.Of(tree, custom), custom, stop);
        return RuleTree.TryRead(tree, world, out var rule, out var error) ? (rule, null) : (null, error);
    }

    /// <summary>A tree of conditions as text; null with what is wrong.</summary>
    /// <param name="stored">A rule whose own tree is that rule, though it may name what is out of use and could not be written anew.</param>
    public async Task<(string? Text, RuleError? Error)> Text(JsonElement tree, string? stored, CancellationToken stop)
    {
        var custom = await fields.Seen(stop);
        var world = await World(RuleMentions.Of(tree, custom), custom, stop);
        if (RuleTree.TryRead(tree, world, out var rule, out var error)) return (rule.ToText(world), null);
        return stored is not null && await Open(stored, stop) is var (kept, known) && RuleTree.Is(tree, kept, known) ? (kept.ToText(known), null) : (null, error);
    }

    /// <summary>A stored rule with the world in which it is read; null where it asks for a field that the member does not see.</summary>
    public async Task<(SegmentRule Rule, RuleWorld World)?> Open(string stored, CancellationToken stop)
    {
        var custom = await fields.Seen(stop);
        var world = await World(RuleMentions.Of(stored, custom), custom, stop);
        return SegmentRule.TryStored(stored, world, out var rule) ? (rule, world) : null;
    }

    /// <summary>A stored rule in words; null where the member may not read it.</summary>
    public async Task<string?> Write(string stored, CancellationToken stop) => await Open(stored, stop) is var (rule, world) ? rule.ToText(world) : null;

    /// <summary>Likewise many, each by itself, with what they name looked up at once.</summary>
    public async Task<IReadOnlyDictionary<string, string?>> Write(IReadOnlyList<string> stored, CancellationToken stop)
    {
        var custom = await fields.Seen(stop);
        var world = await World(RuleMentions.Of(stored, custom), custom, stop);
        return stored.Distinct(StringComparer.Ordinal).ToDictionary(one => one, one => SegmentRule.TryStored(one, world, out var rule) ? rule.ToText(world) : null, StringComparer.Ordinal);
    }

    /// <summary>The customers that the member sees and the rule means.</summary>
    public IQueryable<Customer> Meant(SegmentRule rule) => db.Seen(db.Customers).Where(SegmentCompiler.Compile(rule, Sources));

    /// <summary>The same, of a few customers: those of a part, or the first ones.</summary>
    public IQueryable<Customer> MeantOfFew(SegmentRule rule) => db.Seen(db.Customers).Where(SegmentCompiler.Compile(rule, Sources with { OfFew = true }));

    private Task<RuleWorld> World(RuleMentions mentions, CustomFieldSet custom, CancellationToken stop) =>
        db.RuleWorld(mentions, me.Pass.Currency, custom, db.Segments.AsNoTracking().OrderBy(s => s.NameNormal).Select(s => new RuleName(s.Id, s.Name)), stop);
}
