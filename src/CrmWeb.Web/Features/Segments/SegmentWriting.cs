using CrmWeb.Data;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Segments;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Segments;

/// <summary>
/// Making, changing and deleting a segment, for the page and the API alike; what is wrong is said beside the fields of the forms. All of it needs an open transaction
/// in which the tenant is held: what rules name by each other is looked at by one after the other.
/// </summary>
internal sealed class SegmentWriting(CrmDb db, CurrentMember me, ModelStateDictionary errors, MemberRules rules, IStringLocalizer L)
{
    private static readonly string[] Away = [TenantScoping.DeletedFilter];

    /// <summary>The error of the rule that was read last, for those who want more of it than words.</summary>
    public RuleError? RuleError { get; private set; }

    /// <summary>A segment with all that changing it needs; null when there is none.</summary>
    public static Task<Segment?> Find(CrmDb db, long id, CancellationToken stop) =>
        db.Segments.Include(s => s.Uses).Include(s => s.Needs).Include(s => s.Products).AsSplitQuery().SingleOrDefaultAsync(s => s.Id == id, stop);

    /// <summary>The new segment, saved, and its first refresh asked for; null with what is wrong.</summary>
    public async Task<Segment?> Create(SegmentForm form, SegmentCardForm? card, CancellationToken stop)
    {
        if (await db.Segments.CountAsync(stop) >= Segment.Most) errors.AddModelError(nameof(form.Name), L["There are {0} segments already, and more do not fit.", Segment.Most]);
        await CheckName(form, null, stop);
        await CheckOwner(form, null, stop);
        var rule = form.Kind == SegmentKind.Dynamic ? await Read(form, null, stop) : null;
        if (card is not null) await Check(card, null, stop);
        if (rule is not null && card?.ServiceTierId is not null) await CheckTiers(nameof(card.ServiceTierId), 0, form.Name, true, rule.ToStored(), [.. rule.Uses.Segments], stop);
        if (!errors.IsValid) return null;
        var segment = new Segment(form.Name!, form.Description, rule?.ToStored(), rule?.Uses.Today == true, form.OwnerId, me.Now);
        if (rule is not null) segment.Use(rule.Uses.Segments);
        if (card is not null) Fill(segment, card);
        db.Segments.Add(segment);
        await db.SaveChangesAsync(stop);
        await Fresh(segment, stop);
        return segment;
    }

    /// <summary>False with what is wrong. A rule that the member may not read stays as it is.</summary>
    /// <param name="segment">Of <see cref="Find"/>.</param>
    public async Task<bool> Change(Segment segment, SegmentForm form, SegmentCardForm? card, CancellationToken stop)
    {
        if (form.Kind != segment.Kind) errors.AddModelError(nameof(form.Kind), L["A segment keeps its kind. One with a rule can be frozen."]);
        await CheckName(form, segment.Id, stop);
        await CheckOwner(form, segment.OwnerId, stop);
        var shown = segment.Rule is { } stored ? await rules.Write(stored, stop) : null;
        var isHidden = segment.Rule is not null && shown is null;
        // what is shown may name what is out of use: it stays, though nobody could write it anew
        var rule = segment.Kind == SegmentKind.Dynamic && form.Rule != shown && (!isHidden || !string.IsNullOrWhiteSpace(form.Rule)) ? await Read(form, segment.Id, stop) : null;
        if (isHidden && rule is not null) errors.AddModelError(nameof(form.Rule), L["Its rule asks for fields that you do not see: only who sees them may change it."]);
        if (card is not null) await Check(card, segment, stop);
        var gives = card is null ? segment.ServiceTierId is not null : card.ServiceTierId is not null;
        if (rule is not null) await CheckTiers(nameof(form.Rule), segment.Id, form.Name, gives, rule.ToStored(), [.. rule.Uses.Segments], stop);
        else if (gives && segment.ServiceTierId is null) await CheckTiers(nameof(card.ServiceTierId), segment.Id, form.Name, gives, segment.Rule, segment.Uses.ConvertAll(use => use.UsedId), stop);
        if (!errors.IsValid) return false;
        segment.Describe(form.Name!, form.Description, form.OwnerId);
        var asks = rule is not null && rule.ToStored() != segment.Rule;
        if (asks)
        {
            segment.Ask(rule!.ToStored(), rule.Uses.Today);
            segment.Use(rule.Uses.Segments);
        }

        if (card is not null) Refill(segment, card);
        await Save(segment, stop);
        if (asks) await Fresh(segment, stop);
        return true;
    }

    /// <summary>False with what is wrong.</summary>
    public async Task<bool> Change(Segment segment, SegmentCardForm card, CancellationToken stop)
    {
        await Check(card, segment, stop);
        if (card.ServiceTierId is not null && segment.ServiceTierId is null) await CheckTiers(nameof(card.ServiceTierId), segment.Id, segment.Name, true, segment.Rule, segment.Uses.ConvertAll(use => use.UsedId), stop);
        if (!errors.IsValid) return false;
        Refill(segment, card);
        await Save(segment, stop);
        return true;
    }

    /// <summary>Saves what was changed; whoever is in it is served by the tier that it gives now.</summary>
    private async Task Save(Segment segment, CancellationToken stop)
    {
        var gives = db.Entry(segment).Property(s => s.ServiceTierId).IsModified;
        await db.SaveChangesAsync(stop);
        if (gives) await db.FollowTiersOf(segment.Id, stop);
    }

    /// <summary>Whether the segment may give a tier by such a rule.</summary>
    private async Task CheckTiers(string field, long id, string? name, bool gives, string? stored, IReadOnlyCollection<long> uses, CancellationToken stop)
    {
        if (stored is not null && errors.IsValid && await db.TierCircle(new(id, name ?? "", gives, stored, uses), stop) is { } circle)
            errors.AddModelError(field, L["{0} cannot give a service tier: its rule depends on the tiers that segments give.", circle]);
    }

    /// <summary>Puts it away, unless others need it. Answers their names; none: it is away.</summary>
    public async Task<IReadOnlyList<string>> Delete(Segment segment, CancellationToken stop)
    {
        var users = await Users(segment.Id, stop);
        if (users.Count > 0) return users;
        segment.Delete(me.Now);
        await db.SaveChangesAsync(stop);
        if (segment.ServiceTierId is not null) await db.FollowTiersOf(segment.Id, stop);
        return [];
    }

    /// <summary>Takes it back. Null when it was; else what is in the way.</summary>
    public async Task<string?> Restore(long id, CancellationToken stop)
    {
        if (await db.Segments.IgnoreQueryFilters(Away).Include(s => s.Uses).SingleOrDefaultAsync(s => s.Id == id, stop) is not { DeletedAt: not null } segment) return null;
        if (await db.BringBack(segment, stop) is { } obstacle) return L.Of(obstacle);
        await Fresh(segment, stop);
        return null;
    }

    /// <summary>Makes a list of who is in it now.</summary>
    public async Task Freeze(Segment segment, CancellationToken stop)
    {
        segment.Freeze();
        await db.SaveChangesAsync(stop);
    }

    /// <summary>Asks the rule of a frozen list again. Null when it does; else what is in the way.</summary>
    public async Task<string?> Thaw(Segment segment, CancellationToken stop)
    {
        var stored = segment.FrozenRule!;
        if (await db.MissingOf(segment, stored, stop) is { } obstacle) return L.Of(obstacle);
        var rule = SegmentRule.Stored(stored, await db.StoredWorld(me.Pass.Currency, stop));
        if (await Circle(rule, segment.Id, stop) is { } name) return L["{0} depends on this segment, so this one cannot depend on {0}.", name];
        segment.Thaw(rule.Uses.Today);
        segment.Use(rule.Uses.Segments);
        await db.SaveChangesAsync(stop);
        await Fresh(segment, stop);
        return null;
    }

    /// <summary>The names of the segments whose rules name this one.</summary>
    public Task<List<string>> Users(long id, CancellationToken stop) =>
        db.SegmentUses.Where(u => u.UsedId == id && u.Segment!.DeletedAt == null).OrderBy(u => u.Segment!.NameNormal).Select(u => u.Segment!.Name).ToListAsync(stop);

    private async Task<SegmentRule?> Read(SegmentForm form, long? id, CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(form.Rule))
        {
            errors.AddModelError(nameof(form.Rule), L["Please fill this in."]);
            return null;
        }

        var (rule, error) = await rules.Read(form.Rule, stop);
        RuleError = error;
        if (rule is null) errors.AddModelError(nameof(form.Rule), error!.ToString());
        else if (rule.ToStored().Length > Segment.RuleLength || await rules.Open(rule.ToStored(), stop) is null) errors.AddModelError(nameof(form.Rule), L["At most {0} characters fit here.", SegmentRule.TextLength]);
        else if (await Circle(rule, id, stop) is { } name) errors.AddModelError(nameof(form.Rule), L["{0} depends on this segment, so this one cannot depend on {0}.", name]);
        return rule;
    }

    /// <summary>Who would come to depend on itself by this rule: the segment that it names and that depends on this one.</summary>
    private async Task<string?> Circle(SegmentRule rule, long? id, CancellationToken stop)
    {
        if (id is not { } own || rule.Uses.Segments.Count == 0) return null;
        var uses = (await db.SegmentUses.AsNoTracking().ToListAsync(stop)).ToLookup(u => u.SegmentId, u => u.UsedId);
        foreach (var named in rule.Uses.Segments)
        {
            var (seen, open) = (new HashSet<long> { named }, new Stack<long>([named]));
            while (open.TryPop(out var at))
            {
                if (at == own) return await db.Segments.Where(s => s.Id == named).Select(s => s.Name).SingleOrDefaultAsync(stop);
                foreach (var next in uses[at].Where(seen.Add)) open.Push(next);
            }
        }

        return null;
    }

    private async Task CheckName(SegmentForm form, long? id, CancellationToken stop)
    {
        var normal = Domain.Customers.SearchText.Fold(form.Name);
        if (normal.Length > 0 && await db.Segments.AnyAsync(s => s.NameNormal == normal && s.Id != (id ?? 0), stop)) errors.AddModelError(nameof(form.Name), L["There is a segment of this name already."]);
    }

    private async Task CheckOwner(SegmentForm form, long? before, CancellationToken stop)
    {
        if (form.OwnerId is { } owner && owner != before && !await db.Members.AnyAsync(m => m.Id == owner && m.DeactivatedAt == null, stop)) errors.AddModelError(nameof(form.OwnerId), L["Choose one of the list."]);
    }

    private async Task Check(SegmentCardForm card, Segment? segment, CancellationToken stop)
    {
        if (card.ServiceTierId is { } tier && tier != segment?.ServiceTierId && !await db.ServiceTiers.AnyAsync(t => t.Id == tier, stop)) errors.AddModelError(nameof(card.ServiceTierId), L["Choose one of the list."]);
        List<long> added = [.. card.ProductIds.Distinct().Except(segment?.Products.Select(p => p.ProductId) ?? [])];
        if (added.Count > 0 && await db.Products.CountAsync(p => added.Contains(p.Id), stop) < added.Count) errors.AddModelError(nameof(card.ProductIds), L["Choose one of the list."]);
    }

    private static void Fill(Segment segment, SegmentCardForm card)
    {
        segment.Hold(card.Card);
        segment.Hold(card.NeedDetails, card.ProductIds);
    }

    /// <summary>The version of a segment tells of its needs and products too: who saves them over those of another is told.</summary>
    private void Refill(Segment segment, SegmentCardForm card)
    {
        List<TenantOwned> before = [.. segment.Needs, .. segment.Products];
        Fill(segment, card);
        if (!before.SequenceEqual([.. segment.Needs, .. segment.Products])) db.Entry(segment).Property(s => s.Name).IsModified = true;
    }

    private async Task Fresh(Segment segment, CancellationToken stop)
    {
        if (segment.Kind != SegmentKind.Dynamic) return;
        SegmentRefreshJob.Ask(db, segment.Id, me.Id, me.Now);
        await db.SaveChangesAsync(stop);
    }
}
