using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrmWeb.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class AddTiersThatCount : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "CadenceDays",
                table: "ServiceTiers",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "FrozenRule",
                table: "Segments",
                type: "nvarchar(max)",
                maxLength: 16000,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "EffectiveTierId",
                table: "Customers",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Customers_TenantId_EffectiveTierId_LastInteractionAt",
                table: "Customers",
                columns: new[] { "TenantId", "EffectiveTierId", "LastInteractionAt" },
                filter: "\"EffectiveTierId\" IS NOT NULL");

            migrationBuilder.AddForeignKey(
                name: "FK_Customers_ServiceTiers_TenantId_EffectiveTierId",
                table: "Customers",
                columns: new[] { "TenantId", "EffectiveTierId" },
                principalTable: "ServiceTiers",
                principalColumns: new[] { "TenantId", "Id" });

            CrmWeb.Data.Providers.TiersAtFirst.Fill(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Customers_ServiceTiers_TenantId_EffectiveTierId",
                table: "Customers");

            migrationBuilder.DropIndex(
                name: "IX_Customers_TenantId_EffectiveTierId_LastInteractionAt",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "CadenceDays",
                table: "ServiceTiers");

            migrationBuilder.DropColumn(
                name: "FrozenRule",
                table: "Segments");

            migrationBuilder.DropColumn(
                name: "EffectiveTierId",
                table: "Customers");
        }
    }
}
