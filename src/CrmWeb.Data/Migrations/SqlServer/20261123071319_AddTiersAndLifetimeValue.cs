using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrmWeb.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class AddTiersAndLifetimeValue : Migration
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

            migrationBuilder.AddColumn<int>(
                name: "AlivePercent",
                table: "Customers",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "EffectiveTierId",
                table: "Customers",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "ExpectedOrders",
                table: "Customers",
                type: "float",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "PredictedValue",
                table: "Customers",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ClvModels",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CalibrationEnd = table.Column<DateOnly>(type: "date", nullable: false),
                    Unit = table.Column<int>(type: "int", nullable: false),
                    Customers = table.Column<int>(type: "int", nullable: false),
                    RepeatBuyers = table.Column<int>(type: "int", nullable: false),
                    R = table.Column<double>(type: "float", nullable: true),
                    Alpha = table.Column<double>(type: "float", nullable: true),
                    A = table.Column<double>(type: "float", nullable: true),
                    B = table.Column<double>(type: "float", nullable: true),
                    LogLikelihood = table.Column<double>(type: "float", nullable: true),
                    P = table.Column<double>(type: "float", nullable: true),
                    Q = table.Column<double>(type: "float", nullable: true),
                    V = table.Column<double>(type: "float", nullable: true),
                    Correlation = table.Column<double>(type: "float", nullable: true),
                    Margin = table.Column<double>(type: "float", nullable: true),
                    ActualRepeats = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    ExpectedRepeats = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    TenantId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClvModels", x => x.Id);
                    table.UniqueConstraint("AK_ClvModels_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_ClvModels_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateIndex(
                name: "IX_Customers_TenantId_EffectiveTierId_LastInteractionAt",
                table: "Customers",
                columns: new[] { "TenantId", "EffectiveTierId", "LastInteractionAt" },
                filter: "\"EffectiveTierId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Customers_TenantId_PredictedValue_Id",
                table: "Customers",
                columns: new[] { "TenantId", "PredictedValue", "Id" },
                filter: "\"PredictedValue\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ClvModels_TenantId_At",
                table: "ClvModels",
                columns: new[] { "TenantId", "At" });

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

            migrationBuilder.DropTable(
                name: "ClvModels");

            migrationBuilder.DropIndex(
                name: "IX_Customers_TenantId_EffectiveTierId_LastInteractionAt",
                table: "Customers");

            migrationBuilder.DropIndex(
                name: "IX_Customers_TenantId_PredictedValue_Id",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "CadenceDays",
                table: "ServiceTiers");

            migrationBuilder.DropColumn(
                name: "FrozenRule",
                table: "Segments");

            migrationBuilder.DropColumn(
                name: "AlivePercent",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "EffectiveTierId",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "ExpectedOrders",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "PredictedValue",
                table: "Customers");
        }
    }
}
