using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Authorisation;

/// <summary>One row of each kind of a tenant, in the state its forms need.</summary>
internal sealed record FormRows(TestTenant Tenant, long Member, long Team, long Customer, long Archived, long Organisation, long Interaction, long Planned, long DeletedInteraction)
{
    public long Task { get; private init; }

    public long DeletedTask { get; private init; }

    public long OtherTeam { get; private init; }

    public long Invitation { get; private init; }

    /// <summary>A text; there are also a member, a customer and a choice, by these names.</summary>
    public long Field { get; private init; }

    public long FieldOption { get; private init; }

    public long FieldGroup { get; private init; }

    /// <summary>Whom a custom field names.</summary>
    public long Referred { get; private init; }

    public long View { get; private init; }

    public long DeletedView { get; private init; }

    public long File { get; private init; }

    public long DeletedFile { get; private init; }

    public long StaleRule { get; private init; }

    public long DeletedStaleRule { get; private init; }

    public long Import { get; private init; }

    public long BulkEdit { get; private init; }

    /// <summary>A change that can be taken back, of the customer, the interaction and the task.</summary>
    public Dictionary<string, long> Changes { get; } = new(StringComparer.Ordinal);
    public long ApiKey { get; private init; }

    /// <summary>Of the admin.</summary>
    public long Notification { get; private init; }

    public long Merge { get; private init; }

    public long Pair { get; private init; }

    public long RevokedApiKey { get; private init; }

    public long Product { get; private init; }

    public long DeletedProduct { get; private init; }

    public long Order { get; private init; }

    public long DeletedOrder { get; private init; }

    /// <summary>Why orders come back.</summary>
    public long ReturnReason { get; private init; }

    public long Rate { get; private init; }

    public long Cost { get; private init; }

    /// <summary>Of a pipeline of three; the deal stands in it.</summary>
    public long Stage { get; private init; }

    public long OtherStage { get; private init; }

    public long Pipeline { get; private init; }

    public long Deal { get; private init; }

    public long DeletedDeal { get; private init; }

    public long WonReason { get; private init; }

    public long LostReason { get; private init; }

    public long Case { get; private init; }

    public long DeletedCase { get; private init; }

    public long CaseProduct { get; private init; }

    /// <summary>Of the customer.</summary>
    public long CaseOrder { get; private init; }

    public long RootCause { get; private init; }

    public long Tier { get; private init; }

    public long Holiday { get; private init; }

    public long Segment { get; private init; }

    public long DeletedSegment { get; private init; }

    public long FrozenSegment { get; private init; }

    public long List { get; private init; }

    public static async Task<FormRows> Of(TestTenant tenant)
    {
        var stages = await Make.Pipeline(tenant);
        var (now, member) = (tenant.Host.Clock.Now, await Make.Member(tenant, Role.Sales));
        var (customer, archived) = (await Make.Customer(tenant), await Make.Customer(tenant));
        var (deletedInteraction, deletedTask) = (await Make.Interaction(tenant, customer), await Make.Task(tenant, member, customerId: customer));
        var deletedView = await Make.View(tenant.Admin, "stage=lead");
        var deletedFile = await Make.File(tenant, customer);
        var deletedCase = await Make.Case(tenant, customer);
        var revoked = (await Make.ApiKey(tenant.Admin)).Id;
        var deletedRule = await Make.StaleRule(tenant);
        var deletedSegment = await Make.Segment(tenant, "orderCount > 2");
        var frozenSegment = await Make.Segment(tenant, "orderCount > 4");
        var (deletedProduct, deletedOrder) = (await Make.Product(tenant), await Make.Order(tenant, customer));
        await Make.Field(tenant, CustomFieldType.Member, "Member");
        await Make.Field(tenant, CustomFieldType.Customer, "Customer");
        var choice = await Make.Field(tenant, CustomFieldType.Choice, "Choice", null, "One");
        var rows = new FormRows(
            tenant, member.Id, await Make.Team(tenant), customer, archived, await Make.Customer(tenant, with: c => c with { Kind = CustomerKind.Organisation }),
            await Make.Interaction(tenant, customer), await Make.Interaction(tenant, customer, new InteractionDetails { OccurredAt = now.AddDays(1), IsPlanned = true }), deletedInteraction)
        {
            Task = await Make.Task(tenant, member, customerId: customer),
            DeletedTask = deletedTask,
            OtherTeam = await Make.Team(tenant),
            Field = (await Make.Field(tenant, CustomFieldType.Text)).Id,
            FieldOption = choice.Options[0].Id,
            Referred = await Make.Customer(tenant),
            FieldGroup = await tenant.Use(async db =>
            {
                var group = new CustomFieldGroup("Group", 1);
                db.CustomFieldGroups.Add(group);
                await db.SaveChangesAsync();
                return group.Id;
            }),
            File = await Make.File(tenant, customer),
            DeletedFile = deletedFile,
            View = await Make.View(tenant.Admin, "stage=lead"),
            DeletedView = deletedView,
            StaleRule = await Make.StaleRule(tenant),
            DeletedStaleRule = deletedRule,
            Segment = await Make.Segment(tenant, "orderCount > 1"),
            DeletedSegment = deletedSegment,
            FrozenSegment = frozenSegment,
            Import = await Make.Import(tenant, "id,Name\n1,Ann\n"),
            BulkEdit = await Make.BulkEdit(tenant, null, [customer]),
            Stage = stages[0],
            OtherStage = stages[1],
            Pipeline = await tenant.Use(db => db.Stages.Where(s => s.Id == stages[0]).Select(s => s.PipelineId).SingleAsync()),
            Deal = await Make.Deal(tenant, customer, stages[0]),
            DeletedDeal = await Make.Deal(tenant, customer, stages[0]),
            WonReason = await Make.Reason(tenant, ReasonFor.Won),
            LostReason = await Make.Reason(tenant, ReasonFor.Lost),
            ApiKey = (await Make.ApiKey(tenant.Admin)).Id,
            Notification = await Make.Notification(tenant.Admin, NotificationKind.Stage, customer),
            RevokedApiKey = revoked,
            Product = await Make.Product(tenant),
            DeletedProduct = deletedProduct,
            Order = await Make.Order(tenant, customer),
            DeletedOrder = deletedOrder,
            ReturnReason = await Make.Reason(tenant, ReasonFor.Return),
            Cost = await Make.Cost(tenant, Role.Sales, 40_00),
            Rate = await Make.Rate(tenant, "USD", new DateOnly(2020, 1, 1), 0.9m),
            Case = await Make.Case(tenant, customer),
            DeletedCase = deletedCase,
            CaseProduct = await Make.Product(tenant),
            CaseOrder = await Make.Order(tenant, customer),
            RootCause = await Make.RootCause(tenant),
            Tier = await Make.Tier(tenant),
            Holiday = await Make.Holiday(tenant),
            List = await Make.Segment(tenant, null),
            Pair = await Make.Pair(tenant, await Make.Customer(tenant), await Make.Customer(tenant)),
            Merge = await Make.Merge(tenant, await Make.Customer(tenant), await Make.Customer(tenant)),
            Invitation = await tenant.Use(async db =>
            {
                var invitation = new Invitation($"invited{Make.Number()}@example.org", Role.Sales, null, tenant.Admin.Id, Guid.NewGuid().ToString("N"), now);
                db.Invitations.Add(invitation);
                await db.SaveChangesAsync();
                return invitation.Id;
            }),
        };
        await tenant.Use(async db =>
        {
            (await db.Customers.SingleAsync(c => c.Id == archived)).Archive(now);
            (await db.Interactions.SingleAsync(i => i.Id == deletedInteraction)).Delete(now);
            (await db.Tasks.SingleAsync(t => t.Id == deletedTask)).Delete(now);
            (await db.Attachments.SingleAsync(a => a.Id == deletedFile)).Delete(now);
            var edited = await db.Customers.SingleAsync(c => c.Id == customer);
            edited.Change(CustomerDetails.Of(edited) with { City = "Bonn" }, now);
            (await db.Interactions.SingleAsync(i => i.Id == rows.Interaction)).Change(new InteractionDetails { OccurredAt = now, Subject = "Talked" }, now);
            (await db.Tasks.SingleAsync(t => t.Id == rows.Task)).Note = "Noted";
            (await db.SavedViews.SingleAsync(v => v.Id == deletedView)).Delete(now);
            (await db.ApiKeys.SingleAsync(k => k.Id == revoked)).Revoke(now);
            (await db.StaleRules.SingleAsync(r => r.Id == deletedRule)).Delete(now);
            (await db.Segments.SingleAsync(s => s.Id == deletedSegment)).Delete(now);
            (await db.Segments.SingleAsync(s => s.Id == frozenSegment)).Freeze();
            (await db.Products.SingleAsync(p => p.Id == deletedProduct)).Delete(now);
            (await db.Orders.SingleAsync(o => o.Id == deletedOrder)).Delete(now);
            (await db.Deals.SingleAsync(d => d.Id == rows.DeletedDeal)).Delete(now);
            (await db.Cases.SingleAsync(c => c.Id == deletedCase)).Delete(now);
            return await db.SaveChangesAsync();
        });
        rows.Changes["customers"] = (await tenant.LastChange(RecordKind.Customer, customer, "city")).Id;
        rows.Changes["interactions"] = (await tenant.LastChange(RecordKind.Interaction, rows.Interaction, "subject")).Id;
        rows.Changes["tasks"] = (await tenant.LastChange(RecordKind.Task, rows.Task, "note")).Id;
        return rows;
    }

    public Task<int> Version(Func<CrmDb, IQueryable<int>> of) => Tenant.Use(db => of(db).SingleAsync());
}
