using CrmWeb.Data.History;
using CrmWeb.Data.Identity;
using CrmWeb.Data.Mappings;
using CrmWeb.Data.Providers;
using CrmWeb.Data.Service;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.BulkEdits;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Duplicates;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Customers.Merges;
using CrmWeb.Domain.Customers.Quality;
using CrmWeb.Domain.Kpis;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Segments;
using CrmWeb.Domain.Service;
using CrmWeb.Domain.Tenants;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace CrmWeb.Data;

/// <summary>The database, seen from one tenant. Every tenant-owned set is filtered, stamped and checked (see TenantScoping).</summary>
public abstract class CrmDb : IdentityUserContext<AppUser, long>
{
    private readonly TimeProvider clock;
    private CurrentTenant? tenant;

    protected CrmDb(DbContextOptions options, TimeProvider clock)
        : base(options)
    {
        this.clock = clock;
        ChangeTracker.StampNewRows(this);
    }

    public DbSet<Tenant> Tenants => Set<Tenant>();
    public DbSet<Member> Members => Set<Member>();
    public DbSet<Team> Teams => Set<Team>();
    public DbSet<TeamMembership> TeamMemberships => Set<TeamMembership>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<RoleVisibility> RoleVisibilities => Set<RoleVisibility>();
    public DbSet<Job> Jobs => Set<Job>();
    public DbSet<Change> Changes => Set<Change>();
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();
    public DbSet<IdempotencyKey> IdempotencyKeys => Set<IdempotencyKey>();
    public DbSet<Customer> Customers => Set<Customer>();
    public DbSet<CustomerSearch> CustomerSearches => Set<CustomerSearch>();
    public DbSet<ContactPoint> ContactPoints => Set<ContactPoint>();
    public DbSet<Tag> Tags => Set<Tag>();
    public DbSet<CustomerTag> CustomerTags => Set<CustomerTag>();
    public DbSet<CustomField> CustomFields => Set<CustomField>();
    public DbSet<CustomFieldGroup> CustomFieldGroups => Set<CustomFieldGroup>();
    public DbSet<CustomFieldOption> CustomFieldOptions => Set<CustomFieldOption>();
    public DbSet<CustomValue> CustomValues => Set<CustomValue>();
    public DbSet<Interaction> Interactions => Set<Interaction>();
    public DbSet<Attachment> Attachments => Set<Attachment>();
    public DbSet<CrmTask> Tasks => Set<CrmTask>();
    public DbSet<Mention> Mentions => Set<Mention>();
    public DbSet<Follow> Follows => Set<Follow>();
    public DbSet<Notification> Notifications => Set<Notification>();
    public DbSet<NotificationChoice> NotificationChoices => Set<NotificationChoice>();
    public DbSet<CustomerEvent> CustomerEvents => Set<CustomerEvent>();
    public DbSet<DuplicatePair> DuplicatePairs => Set<DuplicatePair>();
    public DbSet<QualityDay> QualityDays => Set<QualityDay>();
    public DbSet<QualityCount> QualityCounts => Set<QualityCount>();
    public DbSet<DataField> DataFields => Set<DataField>();
    public DbSet<StaleRule> StaleRules => Set<StaleRule>();
    public DbSet<StaleTask> StaleTasks => Set<StaleTask>();
    public DbSet<Merge> Merges => Set<Merge>();
    public DbSet<ContactCadence> ContactCadences => Set<ContactCadence>();
    public DbSet<SavedView> SavedViews => Set<SavedView>();
    public DbSet<ViewMark> ViewMarks => Set<ViewMark>();
    public DbSet<CostRate> CostRates => Set<CostRate>();
    public DbSet<Import> Imports => Set<Import>();
    public DbSet<ImportRow> ImportRows => Set<ImportRow>();
    public DbSet<ImportMap> ImportMaps => Set<ImportMap>();
    public DbSet<ServiceTier> ServiceTiers => Set<ServiceTier>();
    public DbSet<Reason> Reasons => Set<Reason>();
    public DbSet<Product> Products => Set<Product>();
    public DbSet<ProductStanding> ProductStandings => Set<ProductStanding>();
    public DbSet<ProductMove> ProductMoves => Set<ProductMove>();
    public DbSet<ProductPair> ProductPairs => Set<ProductPair>();
    public DbSet<Order> Orders => Set<Order>();
    public DbSet<OrderLine> OrderLines => Set<OrderLine>();
    public DbSet<ExchangeRate> ExchangeRates => Set<ExchangeRate>();
    public DbSet<Pipeline> Pipelines => Set<Pipeline>();
    public DbSet<Stage> Stages => Set<Stage>();
    public DbSet<Deal> Deals => Set<Deal>();
    public DbSet<DealLine> DealLines => Set<DealLine>();
    public DbSet<StageStay> StageStays => Set<StageStay>();
    public DbSet<ForecastSnapshot> ForecastSnapshots => Set<ForecastSnapshot>();
    public DbSet<Case> Cases => Set<Case>();
    public DbSet<CaseInteraction> CaseInteractions => Set<CaseInteraction>();
    public DbSet<SlaRule> SlaRules => Set<SlaRule>();
    public DbSet<OpeningTime> OpeningTimes => Set<OpeningTime>();
    public DbSet<Holiday> Holidays => Set<Holiday>();
    public DbSet<ClvModel> ClvModels => Set<ClvModel>();
    public DbSet<Segment> Segments => Set<Segment>();
    public DbSet<SegmentNeed> SegmentNeeds => Set<SegmentNeed>();
    public DbSet<SegmentProduct> SegmentProducts => Set<SegmentProduct>();
    public DbSet<SegmentUse> SegmentUses => Set<SegmentUse>();
    public DbSet<Membership> Memberships => Set<Membership>();
    public DbSet<SegmentSize> SegmentSizes => Set<SegmentSize>();
    public DbSet<BulkEdit> BulkEdits => Set<BulkEdit>();
    public DbSet<BulkEditRow> BulkEditRows => Set<BulkEditRow>();

    public DbSet<Registration> Registrations => Set<Registration>();
    public DbSet<UserSession> UserSessions => Set<UserSession>();
    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();
    public DbSet<OutgoingMail> OutgoingMails => Set<OutgoingMail>();

    /// <exception cref="InvalidOperationException">The context serves no scope: it lies in the pool.</exception>
    public CurrentTenant Current => tenant ?? throw new InvalidOperationException("No tenant is set in this scope.");

    // sealed, so that the constructor may use it
    public sealed override ChangeTracker ChangeTracker => base.ChangeTracker;

    // What the filters ask, as properties of the context, so that EF makes parameters of them and one plan serves all tenants.
    internal long TenantId => Current.Id;
    internal long ActorId => Current.Actor.MemberId;
    internal bool SeesAll => Current.Actor.SeesAll;
    internal bool SeesTeam => Current.Actor.Sees == Visibility.Team;
    internal long[] ActorTeams => [.. Current.Actor.TeamIds];
    internal bool SeesEveryField => Current.Actor.SeesEveryField;
    internal Role ActorRoles => Current.Actor.Roles;

    internal DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>From now on it serves this scope, until it goes back to the pool.</summary>
    internal CrmDb For(CurrentTenant scope)
    {
        tenant = scope;
        return this;
    }

    // back into the pool, which takes away all that EF knows of; whose it was goes first
    public override void Dispose()
    {
        tenant = null;
        base.Dispose();
    }

    public override ValueTask DisposeAsync()
    {
        tenant = null;
        return base.DisposeAsync();
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<DateTime>().HaveConversion<UtcInstant>();
        conventions.Properties<Enum>().HaveConversion<int>();
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);
        model.ApplyConfigurationsFromAssembly(typeof(CrmDb).Assembly);
        model.OwnByTenant(this);
        model.Version();
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw new NotSupportedException("Save asynchronously.");

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        ChangeTracker.DetectChanges();
        // once is enough: each look at the entries would do it again
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            if (await this.FollowContacts(cancellationToken)) ChangeTracker.DetectChanges();
            ChangeTracker.RefuseForeignRows(Current);
            ChangeTracker.CountVersions();
            return await SaveAndTell(FactsTouched.Read(ChangeTracker, Now), acceptAllChangesOnSuccess, cancellationToken);
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    private async Task<int> SaveAndTell(FactsTouched facts, bool accept, CancellationToken stop)
    {
        // what fails takes a transaction of its own along; only within somebody else's is something left to go back to
        Database.AutoSavepointsEnabled = Database.CurrentTransaction is not null;
        var telling = ChangeTelling.Read(this, Now);
        var sought = CustomerSearchTexts.Touched(ChangeTracker);
        var news = NotificationTelling.Read(this, Now);
        var logins = LoginTelling.Read(this);
        if (facts.IsEmpty && sought is null && telling.IsEmpty && news is null && logins.IsEmpty) return await base.SaveChangesAsync(accept, stop);

        await using var own = await this.OwnTransaction(stop);
        // an own transaction that only adds holds nobody up before: it may hold the customers together with what follows. Elsewhere who holds them reads rows
        // that are not committed, and would wait for this one
        var later = own is not null && this is PostgreSqlCrmDb && facts.IsNew;
        if (!later) await facts.Hold(this, stop);
        var saved = await base.SaveChangesAsync(accept, stop);
        var statements = new Statements();
        if (later) statements.Add(facts.Held(this));
        facts.Write(this, statements);
        telling.Write(statements);
        await statements.Run(this, stop);
        if (sought is not null) await sought.Refresh(this, stop);
        if (news is not null) await news.Write(stop);
        await logins.Write(this, Now, stop);
        if (own is not null) await own.CommitAsync(stop);
        return saved;
    }
}
