using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmWeb.Data.Mappings;

internal sealed class CustomerMapping : IEntityTypeConfiguration<Customer>
{
    public void Configure(EntityTypeBuilder<Customer> customer)
    {
        customer.Property(c => c.Name).HasMaxLength(CustomerDetails.NameLength);
        // folding may lengthen (ß → ss, ligatures), so the folded name has room
        customer.Property(c => c.NameNormal).HasMaxLength(CustomerDetails.NameLength * 2).IsOrdered();
        customer.Property(c => c.Email).HasMaxLength(CustomerDetails.EmailLength);
        customer.Property(c => c.EmailNormal).HasMaxLength(CustomerDetails.EmailLength).IsOrdered();
        customer.Property(c => c.Phone).HasMaxLength(CustomerDetails.PhoneLength);
        customer.Property(c => c.PhoneNormal).HasMaxLength(CustomerDetails.PhoneLength).IsOrdered();
        customer.Property(c => c.Website).HasMaxLength(CustomerDetails.WebsiteLength);
        customer.Property(c => c.Street).HasMaxLength(CustomerDetails.StreetLength);
        customer.Property(c => c.City).HasMaxLength(CustomerDetails.PlaceLength);
        customer.Property(c => c.Region).HasMaxLength(CustomerDetails.PlaceLength);
        customer.Property(c => c.PostalCode).HasMaxLength(CustomerDetails.PostalCodeLength);
        customer.Property(c => c.Country).HasMaxLength(CustomerDetails.PlaceLength);
        customer.Property(c => c.Industry).HasMaxLength(CustomerDetails.WordLength);
        customer.Property(c => c.Language).HasMaxLength(CustomerDetails.WordLength);
        customer.Property(c => c.Source).HasMaxLength(CustomerDetails.WordLength);
        customer.Property(c => c.Description).HasMaxLength(CustomerDetails.DescriptionLength);
        customer.Property(c => c.ExternalId).HasMaxLength(CustomerDetails.ExternalIdLength).IsOrdered();

        // each order of the list is an index, closed by the id: paging is by key
        // the first one also covers the capped count of the whole list
        customer.HasIndex(c => new { c.TenantId, c.NameNormal, c.Id, c.DeletedAt });
        customer.HasIndex(c => new { c.TenantId, c.CreatedAt, c.Id });
        customer.HasIndex(c => new { c.TenantId, c.LastInteractionAt, c.Id });
        customer.HasIndex(c => new { c.TenantId, c.OwnerId, c.NameNormal, c.Id });
        customer.HasIndex(c => new { c.TenantId, c.OrganisationId, c.NameNormal, c.Id });
        customer.HasIndex(c => new { c.TenantId, c.Stage, c.LastInteractionAt });
        // whole, so that what is typed is looked for inside of them without reading the rows
        customer.HasIndex(c => new { c.TenantId, c.EmailNormal, c.Id, c.DeletedAt });
        customer.HasIndex(c => new { c.TenantId, c.PhoneNormal, c.Id, c.DeletedAt });
        customer.HasIndex(c => new { c.TenantId, c.ExternalId }).IsUnique().HasFilter("\"ExternalId\" IS NOT NULL");
        customer.HasIndex(c => new { c.TenantId, c.ImportId });
        customer.HasIndex(c => new { c.TenantId, c.TotalSpent, c.Id });
        customer.HasIndex(c => new { c.TenantId, c.LastOrderAt, c.Id });
        customer.HasIndex(c => new { c.TenantId, c.ChangedAt });
        // partial: who said nothing of costs pays nothing for it with each contact
        customer.HasIndex(c => new { c.TenantId, c.Profit, c.Id }).HasFilter("\"Profit\" IS NOT NULL");
        // partial: who never bought is worth nothing that is to come
        customer.HasIndex(c => new { c.TenantId, c.PredictedValue, c.Id }).HasFilter("\"PredictedValue\" IS NOT NULL");
        // partial, so that no engine takes it for the lists of those who are there
        customer.HasIndex(c => new { c.TenantId, c.DeletedAt }).HasFilter("\"DeletedAt\" IS NOT NULL");

        customer.BelongsTo(c => c.Owner, nameof(Customer.OwnerId));
        customer.BelongsTo(c => c.Team, nameof(Customer.TeamId));
        customer.BelongsTo(c => c.ServiceTier, nameof(Customer.ServiceTierId));
        // partial: most customers have none. Who of a tier should hear from us is read off it
        customer.HasIndex(c => new { c.TenantId, c.EffectiveTierId, c.LastInteractionAt }).HasFilter("\"EffectiveTierId\" IS NOT NULL");
        customer.BelongsTo(c => c.EffectiveTier, nameof(Customer.EffectiveTierId));
        customer.BelongsTo(c => c.Organisation, nameof(Customer.OrganisationId));
        customer.HasIndex(c => new { c.TenantId, c.MergedIntoId }).HasFilter("\"MergedIntoId\" IS NOT NULL");
        customer.BelongsTo(c => c.MergedInto, nameof(Customer.MergedIntoId));
    }
}

/// <summary>Its index is made by <see cref="SearchIndex"/> in a migration: no engine's is known to the model.</summary>
internal sealed class CustomerSearchMapping : IEntityTypeConfiguration<CustomerSearch>
{
    public void Configure(EntityTypeBuilder<CustomerSearch> search)
    {
        search.ToTable(SearchIndex.Table);
        search.HasKey(s => new { s.TenantId, s.CustomerId });
        search.BelongsTo(s => s.Customer, nameof(CustomerSearch.CustomerId), null, DeleteBehavior.Cascade);
    }
}

internal sealed class ContactPointMapping : IEntityTypeConfiguration<ContactPoint>
{
    public void Configure(EntityTypeBuilder<ContactPoint> point)
    {
        point.Property(p => p.Value).HasMaxLength(CustomerDetails.EmailLength);
        point.Property(p => p.Normal).HasMaxLength(CustomerDetails.EmailLength).IsOrdered();
        point.HasIndex(p => new { p.TenantId, p.Normal });
        point.BelongsTo(p => p.Customer, nameof(ContactPoint.CustomerId), c => c.ContactPoints, DeleteBehavior.Cascade);
    }
}

internal sealed class TagMapping : IEntityTypeConfiguration<Tag>
{
    public void Configure(EntityTypeBuilder<Tag> tag)
    {
        tag.Property(t => t.Name).HasMaxLength(Tag.NameLength);
        tag.Property(t => t.NameNormal).HasMaxLength(Tag.NameLength * 2).IsOrdered();
        tag.HasIndex(t => new { t.TenantId, t.NameNormal }).IsUnique();
    }
}

internal sealed class CustomerTagMapping : IEntityTypeConfiguration<CustomerTag>
{
    public void Configure(EntityTypeBuilder<CustomerTag> tag)
    {
        tag.HasKey(t => new { t.TenantId, t.CustomerId, t.TagId });
        tag.HasIndex(t => new { t.TenantId, t.TagId, t.CustomerId });
        tag.BelongsTo(t => t.Customer, nameof(CustomerTag.CustomerId), c => c.Tags, DeleteBehavior.Cascade);
        tag.BelongsTo(t => t.Tag, nameof(CustomerTag.TagId));
    }
}

internal sealed class InteractionMapping : IEntityTypeConfiguration<Interaction>
{
    public void Configure(EntityTypeBuilder<Interaction> interaction)
    {
        interaction.Property(i => i.Subject).HasMaxLength(Interaction.SubjectLength);
        interaction.Property(i => i.Body).HasMaxLength(Interaction.BodyLength);
        interaction.HasIndex(i => new { i.TenantId, i.CustomerId, i.IsPlanned, i.OccurredAt, i.Id });
        interaction.HasIndex(i => new { i.TenantId, i.MemberId, i.IsPlanned, i.OccurredAt });
        interaction.HasIndex(i => new { i.TenantId, i.ImportId }).HasFilter("\"ImportId\" IS NOT NULL");
        interaction.Property(i => i.ExternalId).HasMaxLength(Interaction.ExternalIdLength).IsOrdered();
        interaction.HasIndex(i => new { i.TenantId, i.ExternalId }).IsUnique().HasFilter("\"ExternalId\" IS NOT NULL");
        interaction.HasIndex(i => new { i.TenantId, i.DeletedAt }).HasFilter("\"DeletedAt\" IS NOT NULL");
        interaction.BelongsTo(i => i.Customer, nameof(Interaction.CustomerId), c => c.Interactions, DeleteBehavior.Cascade);
        interaction.BelongsTo(i => i.Member, nameof(Interaction.MemberId));
    }
}

internal sealed class CostRateMapping : IEntityTypeConfiguration<CostRate>
{
    public void Configure(EntityTypeBuilder<CostRate> rate) => rate.HasIndex(r => new { r.TenantId, r.Kind, r.Which, r.Day }).IsUnique();
}

internal sealed class CrmTaskMapping : IEntityTypeConfiguration<CrmTask>
{
    public void Configure(EntityTypeBuilder<CrmTask> task)
    {
        task.ToTable("Tasks");
        task.Property(t => t.Title).HasMaxLength(CrmTask.TitleLength);
        task.Property(t => t.Note).HasMaxLength(CrmTask.NoteLength);
        task.HasIndex(t => new { t.TenantId, t.OwnerId, t.DoneAt, t.DueOn, t.Id });
        task.HasIndex(t => new { t.TenantId, t.DueOn, t.Id });
        task.HasIndex(t => new { t.TenantId, t.CustomerId, t.DoneAt, t.DueOn });
        task.HasIndex(t => new { t.TenantId, t.DeletedAt }).HasFilter("\"DeletedAt\" IS NOT NULL");
        task.BelongsTo(t => t.Owner, nameof(CrmTask.OwnerId));
        task.BelongsTo(t => t.Customer, nameof(CrmTask.CustomerId));
    }
}

internal sealed class CustomerEventMapping : IEntityTypeConfiguration<CustomerEvent>
{
    public void Configure(EntityTypeBuilder<CustomerEvent> e)
    {
        e.Property(x => x.Kind).HasMaxLength(CustomerEvent.KindLength);
        // so called when interactions were all that had an entry of their own; programs of that time may still write to it
        e.Property(x => x.HasOwnEntry).HasColumnName("OfInteraction");
        e.HasIndex(x => new { x.TenantId, x.CustomerId, x.HasOwnEntry, x.OccurredAt });
        e.BelongsTo(x => x.Customer, nameof(CustomerEvent.CustomerId), c => c.Events, DeleteBehavior.Cascade);
    }
}

internal sealed class ContactCadenceMapping : IEntityTypeConfiguration<ContactCadence>
{
    public void Configure(EntityTypeBuilder<ContactCadence> cadence) => cadence.HasIndex(c => new { c.TenantId, c.Stage }).IsUnique();
}
