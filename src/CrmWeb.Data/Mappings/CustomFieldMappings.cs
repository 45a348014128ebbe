using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmWeb.Data.Mappings;

internal sealed class CustomFieldMapping : IEntityTypeConfiguration<CustomField>
{
    public void Configure(EntityTypeBuilder<CustomField> field)
    {
        field.Property(f => f.Key).HasMaxLength(CustomField.KeyLength);
        field.Property(f => f.Label).HasMaxLength(CustomField.LabelLength);
        field.Property(f => f.Help).HasMaxLength(CustomField.HelpLength);
        field.Property(f => f.Default).HasMaxLength(CustomField.DefaultLength);
        field.HasIndex(f => new { f.TenantId, f.Key }).IsUnique();
        field.BelongsTo(f => f.Group, nameof(CustomField.GroupId));
    }
}

internal sealed class CustomFieldGroupMapping : IEntityTypeConfiguration<CustomFieldGroup>
{
    public void Configure(EntityTypeBuilder<CustomFieldGroup> group)
    {
        group.Property(g => g.Name).HasMaxLength(CustomFieldGroup.NameLength);
        group.HasIndex(g => new { g.TenantId, g.Position });
    }
}

internal sealed class CustomFieldOptionMapping : IEntityTypeConfiguration<CustomFieldOption>
{
    public void Configure(EntityTypeBuilder<CustomFieldOption> option)
    {
        option.Property(o => o.Name).HasMaxLength(CustomFieldOption.NameLength);
        option.Property(o => o.NameNormal).HasMaxLength(CustomFieldOption.NameLength * 2).IsOrdered();
        option.HasIndex(o => new { o.TenantId, o.FieldId, o.Position });
        option.BelongsTo(o => o.Field, nameof(CustomFieldOption.FieldId), f => f.Options);
    }
}

internal sealed class CustomValueMapping : IEntityTypeConfiguration<CustomValue>
{
    public void Configure(EntityTypeBuilder<CustomValue> value)
    {
        value.Ignore(v => v.Said);
        value.Property(v => v.Text).HasMaxLength(CustomText.LongTextLength);
        value.Property(v => v.TextNormal).HasMaxLength(CustomValue.TextNormalLength).IsOrdered();
        value.Property(v => v.Currency).HasMaxLength(Tenant.CurrencyLength);
        value.Property(v => v.UniqueKey).HasMaxLength(CustomValue.TextNormalLength).IsOrdered();

        // a page asks for the values of its customers
        value.HasIndex(v => new { v.TenantId, v.CustomerId, v.FieldId });
        // each kind of value is found and ordered by an index of its own, which holds no other rows
        value.HasIndex(v => new { v.TenantId, v.FieldId, v.TextNormal, v.CustomerId }).HasFilter("\"TextNormal\" IS NOT NULL");
        value.HasIndex(v => new { v.TenantId, v.FieldId, v.Number, v.CustomerId }).HasFilter("\"Number\" IS NOT NULL");
        value.HasIndex(v => new { v.TenantId, v.FieldId, v.Date, v.CustomerId }).HasFilter("\"Date\" IS NOT NULL");
        value.HasIndex(v => new { v.TenantId, v.OptionId, v.CustomerId }).HasFilter("\"OptionId\" IS NOT NULL");
        value.HasIndex(v => new { v.TenantId, v.MemberId, v.FieldId, v.CustomerId }).HasFilter("\"MemberId\" IS NOT NULL");
        value.HasIndex(v => new { v.TenantId, v.ReferenceId, v.FieldId, v.CustomerId }).HasFilter("\"ReferenceId\" IS NOT NULL");
        value.HasIndex(v => new { v.TenantId, v.FieldId, v.UniqueKey }).IsUnique().HasFilter("\"UniqueKey\" IS NOT NULL");

        value.BelongsTo(v => v.Customer, nameof(CustomValue.CustomerId), c => c.CustomValues, DeleteBehavior.Cascade);
        value.BelongsTo(v => v.Field, nameof(CustomValue.FieldId));
        value.BelongsTo(v => v.Option, nameof(CustomValue.OptionId));
        value.BelongsTo(v => v.Member, nameof(CustomValue.MemberId));
        value.BelongsTo(v => v.Reference, nameof(CustomValue.ReferenceId));
    }
}
