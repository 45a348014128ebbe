using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmWeb.Data.Mappings;

internal sealed class ProductMapping : IEntityTypeConfiguration<Product>
{
    public void Configure(EntityTypeBuilder<Product> product)
    {
        product.Property(p => p.Code).HasMaxLength(Product.CodeLength);
        product.Property(p => p.CodeNormal).HasMaxLength(Product.CodeLength * 2).IsOrdered();
        product.Property(p => p.Name).HasMaxLength(Product.NameLength);
        product.Property(p => p.NameNormal).HasMaxLength(Product.NameLength * 2).IsOrdered();
        product.Property(p => p.Category).HasMaxLength(Product.CategoryLength);
        product.Property(p => p.CategoryNormal).HasMaxLength(Product.CategoryLength * 2).IsOrdered();
        product.Property(p => p.Currency).HasMaxLength(Currency.Length);
        product.Property(p => p.Description).HasMaxLength(Product.DescriptionLength);
        product.HasIndex(p => new { p.TenantId, p.CodeNormal }).IsUnique();
        product.HasIndex(p => new { p.TenantId, p.NameNormal, p.Id });
        product.HasIndex(p => new { p.TenantId, p.CategoryNormal, p.NameNormal, p.Id });
        product.HasIndex(p => new { p.TenantId, p.DeletedAt }).HasFilter("\"DeletedAt\" IS NOT NULL");
    }
}

internal sealed class OrderMapping : IEntityTypeConfiguration<Order>
{
    public void Configure(EntityTypeBuilder<Order> order)
    {
        order.Property(o => o.Currency).HasMaxLength(Currency.Length);
        order.Property(o => o.ExternalId).HasMaxLength(Order.ExternalIdLength).IsOrdered();
        order.Property(o => o.Note).HasMaxLength(Order.NoteLength);
        order.Property(o => o.ReasonNote).HasMaxLength(Reason.NoteLength);
        // the facts of a customer and their timeline are read from it
        order.HasIndex(o => new { o.TenantId, o.CustomerId, o.PlacedAt, o.Id });
        order.HasIndex(o => new { o.TenantId, o.PlacedAt, o.Id });
        order.HasIndex(o => new { o.TenantId, o.ExternalId }).IsUnique().HasFilter("\"ExternalId\" IS NOT NULL");
        order.HasIndex(o => new { o.TenantId, o.ImportId }).HasFilter("\"ImportId\" IS NOT NULL");
        order.HasIndex(o => new { o.TenantId, o.DeletedAt }).HasFilter("\"DeletedAt\" IS NOT NULL");
        order.BelongsTo(o => o.Customer, nameof(Order.CustomerId), null, DeleteBehavior.Cascade);
        order.BelongsTo(o => o.Reason, nameof(Order.ReasonId));
    }
}

internal sealed class OrderLineMapping : IEntityTypeConfiguration<OrderLine>
{
    public void Configure(EntityTypeBuilder<OrderLine> line)
    {
        line.Property(l => l.Description).HasMaxLength(OrderLine.DescriptionLength);
        line.Ignore(l => l.Cost);
        line.Ignore(l => l.Details);
        line.HasIndex(l => new { l.TenantId, l.OrderId, l.Position });
        line.HasIndex(l => new { l.TenantId, l.ProductId, l.OrderId });
        line.BelongsTo(l => l.Order, nameof(OrderLine.OrderId), o => o.Lines, DeleteBehavior.Cascade);
        line.BelongsTo(l => l.Product, nameof(OrderLine.ProductId));
    }
}

internal sealed class ExchangeRateMapping : IEntityTypeConfiguration<ExchangeRate>
{
    public void Configure(EntityTypeBuilder<ExchangeRate> rate)
    {
        rate.Property(r => r.Currency).HasMaxLength(Currency.Length);
        rate.HasIndex(r => new { r.TenantId, r.Currency, r.Day }).IsUnique();
    }
}

internal sealed class PipelineMapping : IEntityTypeConfiguration<Pipeline>
{
    public void Configure(EntityTypeBuilder<Pipeline> pipeline)
    {
        pipeline.Property(p => p.Name).HasMaxLength(Pipeline.NameLength);
        pipeline.HasIndex(p => new { p.TenantId, p.Position });
    }
}

internal sealed class StageMapping : IEntityTypeConfiguration<Stage>
{
    public void Configure(EntityTypeBuilder<Stage> stage)
    {
        stage.Property(s => s.Name).HasMaxLength(Stage.NameLength);
        stage.Property(s => s.ExitCriteria).HasMaxLength(Stage.CriteriaLength);
        stage.Property(s => s.Playbook).HasMaxLength(Stage.PlaybookLength);
        stage.HasIndex(s => new { s.TenantId, s.PipelineId, s.Position });
        stage.BelongsTo(s => s.Pipeline, nameof(Stage.PipelineId), p => p.Stages);
    }
}

internal sealed class DealMapping : IEntityTypeConfiguration<Deal>
{
    public void Configure(EntityTypeBuilder<Deal> deal)
    {
        deal.Property(d => d.Name).HasMaxLength(Deal.NameLength);
        deal.Property(d => d.NameNormal).HasMaxLength(Deal.NameLength * 2).IsOrdered();
        deal.Property(d => d.Currency).HasMaxLength(Currency.Length);
        deal.Property(d => d.Description).HasMaxLength(Deal.DescriptionLength);
        deal.Property(d => d.ReasonNote).HasMaxLength(Reason.NoteLength);
        deal.HasIndex(d => new { d.TenantId, d.PipelineId, d.State, d.StageId, d.CloseOn, d.Id });
        deal.HasIndex(d => new { d.TenantId, d.CustomerId, d.State, d.Id });
        deal.HasIndex(d => new { d.TenantId, d.OwnerId, d.State, d.CloseOn, d.Id });
        deal.HasIndex(d => new { d.TenantId, d.CloseOn, d.Id });
        deal.HasIndex(d => new { d.TenantId, d.NameNormal, d.Id });
        deal.HasIndex(d => new { d.TenantId, d.CreatedAt, d.Id });
        deal.HasIndex(d => new { d.TenantId, d.ClosedAt, d.Id }).HasFilter("\"ClosedAt\" IS NOT NULL");
        deal.HasIndex(d => new { d.TenantId, d.DeletedAt }).HasFilter("\"DeletedAt\" IS NOT NULL");
        deal.BelongsTo(d => d.Customer, nameof(Deal.CustomerId), null, DeleteBehavior.Cascade);
        deal.BelongsTo(d => d.Pipeline, nameof(Deal.PipelineId));
        deal.BelongsTo(d => d.Stage, nameof(Deal.StageId));
        deal.BelongsTo(d => d.Owner, nameof(Deal.OwnerId));
        deal.BelongsTo(d => d.Team, nameof(Deal.TeamId));
        deal.BelongsTo(d => d.Reason, nameof(Deal.ReasonId));
    }
}

internal sealed class DealLineMapping : IEntityTypeConfiguration<DealLine>
{
    public void Configure(EntityTypeBuilder<DealLine> line)
    {
        line.Ignore(l => l.Total);
        line.Ignore(l => l.Details);
        line.HasIndex(l => new { l.TenantId, l.DealId, l.Position });
        line.HasIndex(l => new { l.TenantId, l.ProductId });
        line.BelongsTo(l => l.Deal, nameof(DealLine.DealId), d => d.Lines, DeleteBehavior.Cascade);
        line.BelongsTo(l => l.Product, nameof(DealLine.ProductId));
    }
}

internal sealed class StageStayMapping : IEntityTypeConfiguration<StageStay>
{
    public void Configure(EntityTypeBuilder<StageStay> stay)
    {
        stay.HasIndex(s => new { s.TenantId, s.DealId, s.EnteredAt });
        stay.HasIndex(s => new { s.TenantId, s.StageId, s.EnteredAt });
        stay.BelongsTo(s => s.Deal, nameof(StageStay.DealId), d => d.Stays, DeleteBehavior.Cascade);
        stay.BelongsTo(s => s.Stage, nameof(StageStay.StageId));
    }
}

internal sealed class ForecastSnapshotMapping : IEntityTypeConfiguration<ForecastSnapshot>
{
    public void Configure(EntityTypeBuilder<ForecastSnapshot> snapshot)
    {
        snapshot.HasIndex(s => new { s.TenantId, s.TakenOn, s.Month });
        snapshot.HasIndex(s => new { s.TenantId, s.Month, s.TakenOn });
        snapshot.BelongsTo(s => s.Pipeline, nameof(ForecastSnapshot.PipelineId));
        snapshot.BelongsTo(s => s.Owner, nameof(ForecastSnapshot.OwnerId));
        snapshot.BelongsTo(s => s.Team, nameof(ForecastSnapshot.TeamId));
        snapshot.BelongsTo(s => s.CustomerOwner, nameof(ForecastSnapshot.CustomerOwnerId));
        snapshot.BelongsTo(s => s.CustomerTeam, nameof(ForecastSnapshot.CustomerTeamId));
    }
}
